import { buildPage } from '../build-page.ts';

/** Runs the measures that the command line names, or all, in the order of the document that they write. */
export async function measure(measures: Readonly<Record<string, () => Promise<void>>>, document: string): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !Object.hasOwn(measures, name));
  if (unknown.length > 0) {
    console.error(`There is no measure "${unknown.join(' ')}". There are: ${Object.keys(measures).join(', ')}.`);
    process.exit(1);
  }
  buildPage('production');
  for (const [name, run] of Object.entries(measures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await run();
    console.log(`${name}: written to docs/${document}`);
  }
}
