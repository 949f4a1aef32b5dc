import { staticFiles } from '#bff/http/static-files.ts';
import { pageFolder } from './build-facts.ts';
import { run } from './run.ts';

await run(staticFiles(pageFolder));
