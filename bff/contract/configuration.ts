import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';

/** The keys that have another value now, before and after; none when nothing has changed. Secrets are not among them. */
const Values = z.record(z.string(), z.string());
export const ConfigurationChange = z.object({ before: Values, after: Values });
export type ConfigurationChange = z.infer<typeof ConfigurationChange>;

/** Reads again what may change while the console runs, as SIGHUP does. Faults refuse all of it: `configuration_faulty` names each. */
export const reloadConfiguration = endpoint('POST /api/admin/reload', {
  policy: 'administer',
  audit: 'config.update',
  request: { body: z.strictObject({}) },
  response: ConfigurationChange,
});
