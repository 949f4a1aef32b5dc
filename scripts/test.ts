import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser, howToInstall } from './browser.ts';
import { buildPage } from './build-page.ts';

interface Counts {
  passed: number;
  failed: number;
}
const reports = mkdtempSync(join(tmpdir(), 'console-test-'));
const total: Counts = { passed: 0, failed: 0 };

function headline(name: string): void {
  console.log(`\n── ${name}`);
}
/** Runs a tool with its output streamed. A tool that fails without counting a failure counts as one. */
function step(name: string, command: string, args: string[], readCounts?: () => Counts): void {
  headline(name);
  const succeeded = spawnSync(command, args, { stdio: 'inherit' }).status === 0;
  const counts = readCounts?.() ?? { passed: succeeded ? 1 : 0, failed: 0 };
  total.passed += counts.passed;
  total.failed += succeeded ? counts.failed : Math.max(counts.failed, 1);
}
function json(path: string): Record<string, unknown> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {};
}
function vitest(name: string, ...projects: string[]): void {
  const report = join(reports, `${name}.json`);
  const args = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  step(name, 'vitest', args, () => {
    const { numPassedTests, numFailedTests } = json(report);
    return { passed: Number(numPassedTests ?? 0), failed: Number(numFailedTests ?? 0) };
  });
}
function playwright(name: string): void {
  const report = join(reports, 'journeys.json');
  process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = report;
  step(name, 'playwright', ['test', '--reporter=list,json'], () => {
    const { expected = 0, unexpected = 0, flaky = 0 } = (json(report)['stats'] ?? {}) as Record<string, number>;
    return { passed: expected, failed: unexpected + flaky };
  });
}

step('types: shared rooms', 'tsc', ['-p', 'tsconfig.shared.json']);
step('types: Node', 'tsc', ['-p', 'tsconfig.node.json']);
step('types: page', 'tsc', ['-p', 'tsconfig.web.json']);
step('types: journeys', 'tsc', ['-p', 'tsconfig.e2e.json']);
step('lint', 'oxlint', ['--type-aware', '--deny-warnings']);
step('format', 'oxfmt', ['--check']);
step('dead code', 'knip', []);
headline('build');
buildPage('production');
vitest('unit and contract', 'node', 'contract');
if (ensureBrowser()) {
  vitest('components', 'browser');
  playwright('journeys');
} else {
  console.error(`\n${howToInstall}\nComponents and journeys were not run: each counts as failed.`);
  total.failed += 2;
}

rmSync(reports, { recursive: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
