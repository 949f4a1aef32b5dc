import type { SystemHealth } from '#contract/system-health.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';

const kinds = { ok: 'ok', degraded: 'warn', failed: 'bad' } as const;
export const componentSign = (status: SystemHealth['overall']): StateSign => ({
  kind: kinds[status],
  word: words.system.health.states[status],
});
export const componentTone = (status: SystemHealth['overall']) => kinds[status];
