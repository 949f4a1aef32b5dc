import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '../../docs');
const prefaces = {
  performance: `# Performance

Measured, not promised: each section is written by the command it names, on the machine it names. Run them again on yours.
`,
  security: '# Security\n',
};
export const ms = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
export const whole = (value: number) => Math.round(value).toLocaleString('en');
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}, load average ${(loadavg()[1] ?? 0).toFixed(1)} (this run’s own among it)`;
}
/** Puts a section under its heading into a document, in place of the one that is there, else at the end. */
export function writeSection(heading: string, text: string, document: keyof typeof prefaces = 'performance'): void {
  const file = join(docs, `${document}.md`);
  const old = existsSync(file) ? readFileSync(file, 'utf8') : prefaces[document];
  const sections = old.split(/^(?=## )/m).map((section) => section.trim());
  const place = sections.findIndex((section) => section.startsWith(`## ${heading}\n`));
  sections.splice(place < 0 ? sections.length : place, place < 0 ? 0 : 1, `## ${heading}\n\n${text.trim()}`);
  writeFileSync(file, `${sections.join('\n\n')}\n`);
}
