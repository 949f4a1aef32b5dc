import type { ConfigurationChange } from '#contract/configuration.ts';
import type { Log } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { ConfigFaults, describeConfig, parseLiveConfig, type Config } from './config.ts';
import type { RecordEvent } from './system-events.ts';

export type Reload = () => ConfigurationChange;

/** Takes over what changed, all of it or, when any of it is at fault, nothing. @throws `configuration_faulty` with every fault */
export const createReload =
  (config: Config, env: NodeJS.ProcessEnv, log: Log): Reload =>
  () => {
    const old = describeConfig(config);
    try {
      Object.assign(config, parseLiveConfig(env, config.environment));
    } catch (error) {
      if (!(error instanceof ConfigFaults)) throw error;
      log.error('the configuration stays as it was', { faults: error.faults });
      throw new ProblemError('configuration_faulty', 'The configuration has faults and stays as it was', {
        errors: error.faults.map(asField),
      });
    }
    const changed = Object.entries(describeConfig(config)).filter(([name, value]) => value !== old[name as keyof typeof old]);
    const after = Object.fromEntries(changed);
    const before = Object.fromEntries(Object.entries(old).filter(([name]) => name in after));
    if (changed.length === 0) log.info('the configuration was read again: nothing has changed');
    else log.warn('the configuration has changed', { before, after }); // a warning, so that few levels hide it
    return { before, after };
  };

function asField(fault: string) {
  const [path = '', ...message] = fault.split(': ');
  return { path, code: 'faulty', message: message.join(': ') };
}

/** For SIGHUP, which nobody waits for: what came of it stands in the log, a change in the audit as well. */
export async function reloadUnasked(reload: Reload, record: RecordEvent): Promise<void> {
  try {
    const change = reload();
    if (Object.keys(change.after).length > 0) await record('config.update', { kind: 'console', id: null, name: 'configuration' }, change);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}
