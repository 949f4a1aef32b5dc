import type { Log } from '#contract/ports.ts';
import { ConfigFaults, describeConfig, parseLiveConfig, type Config } from './config.ts';
import type { RecordEvent } from './system-events.ts';

export interface ReloadParts {
  config: Config;
  log: Log;
  record: RecordEvent;
}

/** Takes over what changed, all of it or, when any of it is at fault, nothing. */
export function createReload({ config, log, record }: ReloadParts): (env: NodeJS.ProcessEnv) => Promise<void> {
  return async (env) => {
    const old = describeConfig(config);
    try {
      Object.assign(config, parseLiveConfig(env, config.environment));
    } catch (error) {
      if (!(error instanceof ConfigFaults)) throw error;
      return log.error('the configuration stays as it was', { faults: error.faults });
    }
    const changed = Object.entries(describeConfig(config)).filter(([name, value]) => value !== old[name as keyof typeof old]);
    const after = Object.fromEntries(changed);
    const before = Object.fromEntries(Object.entries(old).filter(([name]) => name in after));
    if (changed.length === 0) return log.info('the configuration was read again: nothing has changed');
    log.warn('the configuration has changed', { before, after }); // a warning, so that few levels hide it
    await record('config.update', { kind: 'console', id: null, name: 'configuration' }, { before, after });
  };
}
