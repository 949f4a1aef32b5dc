import { createBroker } from '#bff/broker/broker.ts';
import type { Broker } from '#bff/broker/broker.ts';
import type { BrokerOptions } from '#bff/broker/broker-http.ts';
import { introspect } from '#bff/broker/introspect.ts';
import type { KeyKind } from '#bff/broker/introspect.ts';
import { brokerReady } from '#bff/broker/ready.ts';
import { createRetryBudget } from '#bff/broker/retry-budget.ts';
import { toHex } from '#contract/bytes.ts';
import type { Clock, Credential, Digest, Log, Random, Send } from '#contract/ports.ts';
import { createEtags } from './etag.ts';
import { createLists } from './lists.ts';
import type { Lists } from './lists.ts';
import { createOutsideChanges } from './outside-changes.ts';
import { keepRhythms } from './rhythm-keeper.ts';
import type { RhythmStore } from './rhythm.ts';
import type { Difference, SnapshotHost } from './snapshot-host.ts';

/** Broker operations and shared lists on one credential. */
export interface World {
  readonly credential: string;
  readonly broker: Broker;
  readonly lists: Lists;
}
export interface Worlds {
  /** The same world for the same credential id, however many sessions ride it. */
  of(credential: Credential): World;
  /** `POST /auth/pak`; undefined when the broker refuses the key. @throws ProblemError when it cannot be asked */
  introspect(pak: string, options: { requestId: string; signal?: AbortSignal }): Promise<KeyKind | undefined>;
}
export interface WorldsOptions {
  send: Send;
  clock: Clock;
  random: Random;
  log: Log;
  digest: Digest;
  snapshotHost: SnapshotHost;
  /** `SNAPSHOT_MIN_MS`. */
  snapshotMinMs: number;
  /** The broker answered 401 to a credential that is not the service's: its sessions end. */
  onCredentialRefused?(credentialId: string): void;
  /** Somebody changed an agent without the console. */
  onOutsideChange?(change: Difference): void;
  /** Where rhythms outlive the process. */
  rhythms?: RhythmStore;
}
export interface RunningWorlds extends Worlds {
  /** Is the broker there? `GET /readyz`, without any key. @throws ProblemError */
  ready(options: { requestId: string; signal?: AbortSignal }): Promise<void>;
  /** PAK-shaped texts masked since the start: more than none is an alarm. */
  masked(): number;
  close(): Promise<void>;
}

/** A credential nobody used for so long gives back its lists; the service's own stay. */
const idleMs = 15 * 60_000;

/** One world per credential, over one broker. */
export function createWorlds(options: WorldsOptions): RunningWorlds {
  const { clock, random, log, snapshotHost: host } = options;
  const worlds = new Map<string, { world: World; usedMs: number }>();
  const etags = createEtags(options.digest);
  const outside = createOutsideChanges({ clock, report: (difference) => options.onOutsideChange?.(difference) });
  const keeper = options.rhythms && keepRhythms({ host, clock, log, store: options.rhythms });
  let ticks = 0;
  let masked = 0;

  const brokerOptions: BrokerOptions = {
    send: options.send,
    clock,
    random,
    log: log.child({ component: 'broker' }),
    budget: createRetryBudget(),
    onMasked(found, operation) {
      masked += found;
      log.warn('key-shaped text masked', { operation, found });
    },
    onRefused({ id }) {
      if (id !== 'service') options.onCredentialRefused?.(id);
    },
  };
  function open(credential: Credential): World {
    const broker = createBroker(credential, brokerOptions);
    const lists = createLists({
      broker,
      owner: credential.id,
      host,
      clock,
      etags,
      outside,
      log: log.child({ component: 'lists', credential: credential.id }),
      minMs: options.snapshotMinMs,
      tick: () => (ticks += 1),
      ownScope: () => ({ requestId: mintRequestId(random) }),
      onMasked: (found, list) => brokerOptions.onMasked(found, list),
    });
    return { credential: credential.id, broker, lists };
  }
  function close(id: string, world: World) {
    world.lists.close();
    worlds.delete(id);
    void host.ask('drop', { owner: id });
  }

  return {
    of(credential) {
      const now = clock.now();
      for (const [id, { world, usedMs }] of worlds) if (id !== 'service' && id !== credential.id && now - usedMs > idleMs) close(id, world);
      const world = worlds.get(credential.id)?.world ?? open(credential);
      worlds.set(credential.id, { world, usedMs: now });
      return world;
    },
    introspect: (pak, scope) => introspect(pak, brokerOptions, scope),
    ready: (scope) => brokerReady(brokerOptions, scope),
    masked: () => masked,
    async close() {
      for (const { world } of worlds.values()) world.lists.close();
      worlds.clear();
      await keeper?.close();
    },
  };
}

/** Reads that no request stands behind have an id too: it is in the log and reaches the broker. */
function mintRequestId(random: Random): string {
  return `rq_${toHex(random.bytes(8))}`;
}
