import { openLedger } from '#bff/audit/ledger.ts';
import { memoryLedger } from '#bff/audit/memory-ledger.ts';
import { maskPaks } from '#bff/broker/pak.ts';
import { inlineSnapshotHost } from '#bff/lists/inline-snapshot-host.ts';
import { createWorlds } from '#bff/lists/world.ts';
import { createDrafts } from '#bff/people/drafts.ts';
import { memoryDrafts } from '#bff/people/memory-drafts.ts';
import { memorySessions } from '#bff/people/memory-sessions.ts';
import { createSessions, type Sessions } from '#bff/people/sessions.ts';
import type { SignIn } from '#bff/people/sign-in.ts';
import { createVault } from '#bff/people/vault.ts';
import { createChanges } from '#bff/pipeline/changes.ts';
import { policyTable } from '#bff/pipeline/policy.ts';
import type { Services } from '#bff/pipeline/services.ts';
import { routes } from '#bff/routes/index.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Role } from '#contract/session.ts';
import type { Simulator } from '#simulator/simulator.ts';
import { mount, type Identity } from './mount.ts';
import { browserClock, browserDigest, browserLog, browserRandom, sendTo } from './ports.ts';

export interface DemoParts {
  simulator: Simulator;
  adminPak: string;
  /** Whoever is here already; null: the sign-in page asks as whom to explore. */
  role: Role | null;
  onRole: (role: Role | null) => void;
  snapshotMinMs?: number;
}

/** The BFF of a page without a server: the same routes and rules over stores in memory. Answers MSW's request handlers. */
export async function createDemoConsole({ simulator, adminPak, role, onRole, snapshotMinMs = 5_000 }: DemoParts) {
  const world = { clock: browserClock, random: browserRandom, digest: browserDigest, log: browserLog };
  const service = { id: 'service', pak: adminPak };
  const vault = createVault([{ id: 'demo', bytes: browserRandom.bytes(32) }], browserRandom);
  const sessions = createSessions({ ...world, rows: memorySessions(), vault, serviceCredential: () => service });
  const services: Services = {
    ...world,
    policy: policyTable,
    endpoints: routes.map(({ endpoint }) => endpoint),
    worlds: createWorlds({ ...world, send: sendTo(simulator), snapshotHost: inlineSnapshotHost(), snapshotMinMs }),
    audit: await openLedger({ ...world, rows: memoryLedger(browserDigest), mask: (text) => maskPaks(text).text, isOwner: true }),
    changes: createChanges(),
    drafts: createDrafts({ ...world, rows: memoryDrafts(), vault }),
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
    status: () => Promise.reject(new ProblemError('not_found', 'A demo is no process')),
  };
  return mount(routes, services, await identityOf(sessions, role, onRole));
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
const openAs = (sessions: Sessions, role: Role) => sessions.open({ id: `demo:${role}`, name: `Explorer (${role})`, role, verified: true }, { kind: 'service' });

/** The page has one identity at a time; a variable stands where the server has a cookie. */
async function identityOf(sessions: Sessions, role: Role | null, onRole: DemoParts['onRole']): Promise<Identity> {
  let token = role === null ? null : (await openAs(sessions, role)).token;
  const current = async (extend: boolean) => (token === null ? undefined : sessions.find(token, { extend }));
  return {
    get presented() {
      return token;
    },
    async caller() {
      const session = await current(true);
      return session ? { person: session.person, sessionId: session.id, sessionEndsAtMs: session.endsAtMs, credential: session.credential } : null;
    },
    async settle(next) {
      token = next;
      onRole((await current(false))?.person.role ?? null);
    },
  };
}
