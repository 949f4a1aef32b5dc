import { openLedger } from '#bff/audit/ledger.ts';
import type { ChainedEntry } from '#bff/audit/entry.ts';
import { memoryLedger } from '#bff/audit/memory-ledger.ts';
import type { LedgerRows } from '#bff/audit/rows.ts';
import { maskPaks } from '#bff/broker/pak.ts';
import { agentsProbe } from '#bff/health/agents-probe.ts';
import { createSampler } from '#bff/health/sampler.ts';
import { inlineSnapshotHost } from '#bff/lists/inline-snapshot-host.ts';
import { createWorlds } from '#bff/lists/world.ts';
import { createDrafts, type DraftRow } from '#bff/people/drafts.ts';
import { memoryDrafts } from '#bff/people/memory-drafts.ts';
import { memorySessions } from '#bff/people/memory-sessions.ts';
import { createSessions, type Sessions } from '#bff/people/sessions.ts';
import type { SignIn } from '#bff/people/sign-in.ts';
import { createVault } from '#bff/people/vault.ts';
import { createChanges } from '#bff/pipeline/changes.ts';
import { policyTable } from '#bff/pipeline/policy.ts';
import { tenantScope } from '#bff/pipeline/tenant.ts';
import type { Services } from '#bff/pipeline/services.ts';
import { reachIndexes } from '#bff/reach/indexes.ts';
import { createMemoryReachStore } from '#bff/reach/memory-store.ts';
import { routes } from '#bff/routes/index.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Role } from '#contract/session.ts';
import type { Simulator } from '#simulator/simulator.ts';
import { mount, type Identity } from './mount.ts';
import { browserClock, browserDigest, browserLog, browserRandom, sendTo } from './ports.ts';

/** What a visit leaves to the next one. */
export interface Kept {
  /** Whoever was here; null: the sign-in page asks as whom to explore. */
  role: Role | null;
  sealingKey: Uint8Array<ArrayBuffer>;
  ledger: readonly ChainedEntry[];
  drafts: readonly DraftRow[];
}
export interface DemoParts {
  simulator: Simulator;
  adminPak: string;
  kept?: Kept | undefined;
  snapshotMinMs?: number;
  /** After each call that may have changed something, before its answer leaves. */
  onChange?: () => Promise<void>;
}
export interface DemoConsole {
  handlers: ReturnType<typeof mount>;
  keep(): Promise<Kept>;
}

/** The BFF of a page without a server: the same routes and rules over stores in memory. */
export async function createDemoConsole({ simulator, adminPak, kept, snapshotMinMs = 5_000, onChange }: DemoParts): Promise<DemoConsole> {
  const world = { clock: browserClock, random: browserRandom, digest: browserDigest, log: browserLog };
  const service = { id: 'service', pak: adminPak };
  const sealingKey = kept?.sealingKey ?? browserRandom.bytes(32);
  const vault = createVault([{ id: 'demo', bytes: sealingKey }], browserRandom);
  const sessions = createSessions({ ...world, rows: memorySessions(), vault, serviceCredential: () => service });
  const ledger = memoryLedger(browserDigest);
  await replay(ledger, kept?.ledger ?? []);
  const drafts = memoryDrafts(kept?.drafts);
  const identity = await identityOf(sessions, kept?.role ?? null);
  const worlds = createWorlds({
    ...world,
    send: sendTo(simulator),
    snapshotHost: inlineSnapshotHost(),
    snapshotMinMs,
    reachOf: reachIndexes({ store: createMemoryReachStore() }),
  });
  const requestId = 'rq_0000000000000000'; // nobody's request: there is no log to find it in
  const sampler = createSampler({
    ...world,
    probes: {
      broker: (signal) => worlds.ready({ requestId, signal }).then(() => ({ status: 'ok', message: 'ready' })),
      agents: agentsProbe(() => worlds.of(service)),
    },
    metrics: (signal) => worlds.metrics({ requestId, signal }),
    version: (signal) => worlds.version({ requestId, signal }),
  });
  sampler.start();
  const services: Services = {
    ...world,
    policy: policyTable,
    tenantScope,
    endpoints: routes.map(({ endpoint }) => endpoint),
    worlds,
    audit: await openLedger({ ...world, rows: ledger, mask: (text) => maskPaks(text).text, isOwner: true }),
    changes: createChanges(),
    drafts: createDrafts({ ...world, rows: drafts, vault }),
    sessions,
    signIn: exploreOnly(sessions),
    facts: () => ({
      version: 'demo',
      environment: 'demo',
      broker: { kind: 'demo', host: 'this browser' },
      idleMs: 30 * 60_000,
      ways: [],
      waysNote: null,
      explore: true,
    }),
    systemHealth: () => sampler.show(),
    status: () => Promise.reject(noProcess()),
    reload: () => {
      throw noProcess();
    },
  };
  return {
    handlers: mount(routes, services, identity, onChange),
    keep: async () => ({
      role: await identity.role(),
      sealingKey,
      ledger: await ledger.entries(0, await ledger.lastSeq()),
      drafts: drafts.all(),
    }),
  };
}

const noProcess = () => new ProblemError('not_found', 'A demo is no process');

/** Writes the entries of an earlier visit into the empty ledger, in their order: the chain comes out the same. */
async function replay(rows: LedgerRows, entries: readonly ChainedEntry[]): Promise<void> {
  for (const { seq: _seq, previousHash: _previousHash, hash: _hash, ...entry } of entries) {
    if (entry.kind === 'intent') await rows.begin(entry);
    else if (entry.kind === 'outcome') await rows.end(entry);
    else await rows.append(entry);
  }
}

const closed = () => Promise.reject(new ProblemError('sign_in_failed', 'The demo has no accounts'));
/** Nobody proves who they are here: a role is chosen, and changed by signing out. */
function exploreOnly(sessions: Sessions): SignIn {
  return {
    explore: (role) => openAs(sessions, role),
    withAccount: closed,
    withPak: closed,
    setUp: closed,
    assertLink: closed,
    needsSetup: () => Promise.resolve(false),
  };
}
const openAs = (sessions: Sessions, role: Role) =>
  sessions.open({ id: `demo:${role}`, name: `Explorer (${role})`, role, verified: true }, { kind: 'service' });

/** The page has one identity at a time; a variable stands where the server has a cookie. */
async function identityOf(sessions: Sessions, first: Role | null): Promise<Identity & { role(): Promise<Role | null> }> {
  let token = first === null ? null : (await openAs(sessions, first)).token;
  const current = async (extend: boolean) => (token === null ? undefined : sessions.find(token, { extend }));
  return {
    get presented() {
      return token;
    },
    async caller() {
      const session = await current(true);
      return session
        ? { person: session.person, sessionId: session.id, sessionEndsAtMs: session.endsAtMs, credential: session.credential }
        : null;
    },
    settle(next) {
      token = next;
    },
    role: async () => (await current(false))?.person.role ?? null,
  };
}
