import { measureFleet } from './fleet-10k.ts';
import { measureHops } from './hops.ts';
import { measureLists } from './lists.ts';
import { measure } from './measure.ts';
import { measureReach } from './reach.ts';
import { measureTabs } from './tabs.ts';

// `npm run bench -- reach tabs` measures only those.
await measure({ lists: measureLists, hops: measureHops, fleet: measureFleet, tabs: measureTabs, reach: measureReach }, 'performance.md');
