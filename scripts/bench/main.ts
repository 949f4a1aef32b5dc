import { buildPage } from '../build-page.ts';
import { measureFleet } from './fleet-10k.ts';
import { measureHops } from './hops.ts';
import { measureLists } from './lists.ts';
import { measureReach } from './reach.ts';
import { measureTabs } from './tabs.ts';

/** In the order of docs/performance.md; `npm run bench -- reach tabs` measures only those. */
const measures = { lists: measureLists, hops: measureHops, fleet: measureFleet, tabs: measureTabs, reach: measureReach };
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
  console.log(`${name}: written to docs/performance.md`);
}
