import type { Broker } from '#bff/broker/broker.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import type { Clock, Log } from '#contract/ports.ts';
import type { Etags } from './etag.ts';
import type { OutsideChanges } from './outside-changes.ts';
import { pollMs } from './shared-reads.ts';
import type { Difference, SnapshotHost } from './snapshot-host.ts';
import type { Reach } from './reach.ts';

/** What every list of one credential works with. */
export interface Desk {
  broker: Broker;
  /** The credential's id. */
  owner: string;
  /** The generator whose key it is; undefined sees everybody's. */
  tenant: string | undefined;
  host: SnapshotHost;
  clock: Clock;
  log: Log;
  etags: Etags;
  outside: OutsideChanges;
  reach: Reach;
  /** Least time between reads of the same thing. */
  minMs: number;
  /** Rises with each read that begins, so that it can be told which of two began later. */
  tick(): number;
  /** For reads that nobody's request stands behind. */
  ownScope(): CallScope;
  /** Key-shaped text was found in a list. */
  onMasked(found: number, list: string): void;
}

/** Tells what a read showed to have been changed elsewhere. A generator's key cannot tell what is gone from what was given away. */
export function tellOutside({ outside, tenant }: Pick<Desk, 'outside' | 'tenant'>, differences: readonly Difference[]): void {
  outside.saw(tenant === undefined ? differences : differences.filter(({ after }) => after !== null));
}
/** How old single objects may be: many pages that ask again every ten seconds cost the broker what one does. */
export const singleMs = ({ minMs }: Pick<Desk, 'minMs'>): number => (minMs === 0 ? 0 : Math.max(minMs, pollMs));
/** When data arrived and how old it is as it leaves. */
export function dated(arrivedMs: number, clock: Clock): { asOf: string; ageMs: number } {
  return { asOf: new Date(arrivedMs).toISOString(), ageMs: Math.max(0, clock.now() - arrivedMs) };
}
