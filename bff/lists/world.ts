import { createBreakers } from '#bff/broker/breaker.ts';
import type { Breakers } from '#bff/broker/breaker.ts';
import { createBroker } from '#bff/broker/broker.ts';
import type { Broker } from '#bff/broker/broker.ts';
import type { BrokerOptions } from '#bff/broker/broker-http.ts';
import { introspect } from '#bff/broker/introspect.ts';
import type { KeyKind } from '#bff/broker/introspect.ts';
import { brokerMetrics, brokerReady, brokerVersion } from '#bff/broker/public-reads.ts';
import { createRetryBudget } from '#bff/broker/retry-budget.ts';
import { toHex } from '#contract/bytes.ts';
import type { Clock, Credential, Digest, Log, Random, Send } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { createEtags } from './etag.ts';
import { createLists } from './lists.ts';
import type { Lists } from './lists.ts';
import { createOutsideChanges } from './outside-changes.ts';
import { dropFrom } from './kept-lists.ts';
import { keepRhythms } from './rhythm-keeper.ts';
import type { RhythmStore } from './rhythm.ts';
import type { Difference, SnapshotHost } from './snapshot-host.ts';
import { noReach } from './reach.ts';
import type { ReachParts, Reach } from './reach.ts';

/** Broker operations and shared lists on one credential. */
export interface World {
  readonly credential: string;
  /** The generator whose world this is; undefined: everybody's. */
  readonly tenant: string | undefined;
  readonly broker: Broker;
  readonly lists: Lists;
  readonly reach: Reach;
}
export interface Worlds {
  /**
   * The same world for the same credential id, however many sessions ride it. @throws `sign_in_required` when nobody rides it
   * any more: the session ended while its last request was on the way
   */
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
  /** Whether a session rides this credential, which is not the service's; without it every credential has its world. */
  isRidden?(credentialId: string): boolean;
  /** Somebody changed an agent or a stack without the console. */
  onOutsideChange?(change: Difference): void;
  /** What the reach index of a credential knows; without one nothing is said about reach. */
  reachOf?(parts: ReachParts): Reach;
  /** Where rhythms outlive the process. */
  rhythms?: RhythmStore;
  /** Those of their own unless a test brings others. */
  breakers?: Breakers;
}
export interface RunningWorlds extends Worlds {
  /** Is the broker there? `GET /readyz`, without any key. @throws ProblemError */
  ready(options: { requestId: string; signal?: AbortSignal }): Promise<void>;
  /** The broker's own metrics, as text. @throws ProblemError */
  metrics(options: { requestId: string; signal?: AbortSignal }): Promise<string>;
  /** Which broker it is. @throws ProblemError */
  version(options: { requestId: string; signal?: AbortSignal }): Promise<string>;
  /** PAK-shaped texts masked since the start: more than none is an alarm. */
  masked(): number;
  /** Lets the reach indexes read in the background, or rest: whoever counts what requests cost lets them rest. */
  walk(isOn: boolean): void;
  /** Gives back what was read with a credential that nobody rides any more. */
  drop(credentialId: string): void;
  close(): Promise<void>;
}

/** A credential nobody used for so long gives back its lists; the service's own stay. */
const idleMs = 15 * 60_000;

/** One world per credential, over one broker. */
export function createWorlds(options: WorldsOptions): RunningWorlds {
  const { clock, random, log, snapshotHost } = options;
  const worlds = new Map<string, { world: World; usedMs: number; forget: () => void }>();
  const etags = createEtags(options.digest);
  const outside = createOutsideChanges({ clock, report: (difference) => options.onOutsideChange?.(difference) });
  const keeper = options.rhythms && keepRhythms({ host: snapshotHost, clock, log, store: options.rhythms });
  let ticks = 0;
  let masked = 0;
  let isReachPaused = false;

  const brokerLog = log.child({ component: 'broker' });
  const isThere = () => brokerReady(options, { requestId: mintRequestId(random) });
  const brokerOptions: BrokerOptions = {
    send: options.send,
    clock,
    random,
    log: brokerLog,
    budget: createRetryBudget(),
    breakers: options.breakers ?? createBreakers({ clock, random, log: brokerLog, probe: isThere }),
    onMasked(found, operation) {
      masked += found;
      log.warn('key-shaped text masked', { operation, found });
    },
    onRefused({ id }) {
      if (id !== 'service') options.onCredentialRefused?.(id);
    },
  };
  function open(credential: Credential) {
    const { id: owner, tenant } = credential;
    let isForgotten = false;
    const host: SnapshotHost = {
      // What was still being read when the world closed comes too late to be kept.
      ask: (call, ask) => (isForgotten ? Promise.reject(notRidden()) : snapshotHost.ask(call, ask)),
      close: () => snapshotHost.close(),
    };
    const parts = {
      broker: createBroker(credential, brokerOptions),
      owner,
      host,
      clock,
      minMs: options.snapshotMinMs,
      ownScope: () => ({ requestId: mintRequestId(random) }),
    };
    const logOf = (component: string) => log.child({ component, credential: owner });
    // The broker tells generators nothing that an index could be made of.
    const reach = (tenant === undefined && options.reachOf?.({ ...parts, log: logOf('reach'), lists: () => lists })) || noReach;
    const lists: Lists = createLists({
      ...parts,
      tenant,
      etags,
      outside,
      reach,
      log: logOf('lists'),
      tick: () => (ticks += 1),
      onMasked: (found, list) => brokerOptions.onMasked(found, list),
    });
    const { broker } = parts;
    if (!isReachPaused) reach.resume();
    const world: World = { credential: credential.id, tenant: credential.tenant, broker, lists, reach };
    return { world, forget: () => void (isForgotten = true) };
  }
  function close(id: string) {
    const closing = worlds.get(id);
    if (!closing) return;
    closing.world.lists.close();
    worlds.delete(id);
    void closing.world.reach.close().finally(() => {
      closing.forget();
      if (!worlds.has(id)) dropFrom({ host: snapshotHost, owner: id });
    });
  }

  return {
    of(credential) {
      const now = clock.now();
      if (credential.id !== 'service' && options.isRidden?.(credential.id) === false) throw notRidden();
      for (const [id, { usedMs }] of worlds) if (id !== 'service' && id !== credential.id && now - usedMs > idleMs) close(id);
      const known = worlds.get(credential.id) ?? open(credential);
      worlds.set(credential.id, { ...known, usedMs: now });
      return known.world;
    },
    introspect: (pak, scope) => introspect(pak, brokerOptions, scope),
    ready: (scope) => brokerReady(brokerOptions, scope),
    metrics: (scope) => brokerMetrics(brokerOptions, scope),
    version: (scope) => brokerVersion(brokerOptions, scope),
    masked: () => masked,
    drop: close,
    walk(isOn) {
      isReachPaused = !isOn;
      for (const { world } of worlds.values()) {
        if (isOn) world.reach.resume();
        else world.reach.pause();
      }
    },
    async close() {
      for (const { world } of worlds.values()) world.lists.close();
      await Promise.all(Array.from(worlds.values(), ({ world }) => world.reach.close()));
      worlds.clear();
      await keeper?.close();
    },
  };
}

const notRidden = () => new ProblemError('sign_in_required', 'Sign in to continue');

/** Reads that no request stands behind have an id too: it is in the log and reaches the broker. */
function mintRequestId(random: Random): string {
  return `rq_${toHex(random.bytes(8))}`;
}
