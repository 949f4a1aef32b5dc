import { buildPage } from '../build-page.ts';
import { measureOverload } from './overload.ts';
import { measureFailedSignIns } from './sign-ins.ts';

/** `npm run bench:security -- overload` measures only that. */
const measures = { 'sign-ins': measureFailedSignIns, overload: measureOverload };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(`There is no measure "${unknown.join(' ')}". There are: ${Object.keys(measures).join(', ')}.`);
  process.exit(1);
}
buildPage('production');
for (const [name, measure] of Object.entries(measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  await measure();
  console.log(`${name}: written to docs/security.md`);
}
