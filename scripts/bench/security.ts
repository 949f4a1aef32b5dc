import { measure } from './measure.ts';
import { measureOverload } from './overload.ts';
import { measureFailedSignIns } from './sign-ins.ts';

// `npm run bench:security -- overload` measures only that.
await measure({ 'sign-ins': measureFailedSignIns, overload: measureOverload }, 'security.md');
