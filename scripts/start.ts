import { buildPage } from './build-page.ts';

const { builtInMs } = buildPage('production');
if (builtInMs !== undefined) console.log(`Page built in ${(builtInMs / 1000).toFixed(1)} s.`);
await import('#bff/main.ts'); // the same process, so that signals reach the server itself
