// The console as `bff/main.ts` starts it, but with the reach walk paused and no samples taken: it asks its broker only what requests ask it.
import { startConsole } from '#bff/app.ts';
import { withoutPaks } from '#bff/broker/pak.ts';
import { pageFolder } from '#bff/build-facts.ts';
import { levelOf, parseConfig } from '#bff/config.ts';
import { createLog } from '#bff/http/log.ts';
import { staticFiles } from '#bff/http/static-files.ts';

const runtime = { node: process.versions.node, sqlite: process.versions['sqlite'] ?? '', execArgv: process.execArgv };
const config = parseConfig(process.env, runtime);
const log = createLog({ levelOf: (component) => levelOf(config, component), mask: withoutPaks });
const running = await startConsole(config, log, staticFiles(pageFolder), { rests: true });
console.log(running.origin);
process.once('SIGTERM', () => {
  void running.draining
    .drain({ serveMs: 0, drainMs: 1_000 })
    .then(() => running.close())
    .then(() => process.exit(0));
});
