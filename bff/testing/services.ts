import { openLedger } from '#bff/audit/ledger.ts';
import { createDrafts } from '#bff/people/drafts.ts';
import { createSessions } from '#bff/people/sessions.ts';
import { createVault } from '#bff/people/vault.ts';
import { createChanges } from '#bff/pipeline/changes.ts';
import { policyTable } from '#bff/pipeline/policy.ts';
import { tenantScope } from '#bff/pipeline/tenant.ts';
import type { AnyRoute, Call, Caller, RawRequest } from '#bff/pipeline/route.ts';
import { runRoute } from '#bff/pipeline/run-route.ts';
import type { Services } from '#bff/pipeline/services.ts';
import type { AuditRow } from '#contract/audit.ts';
import type { Role } from '#contract/session.ts';
import { memoryRows, type Rows } from './stores.ts';
import { countedRandom, digest, listedLog, manualClock, uuidOf, type LogLine } from './world.ts';

const notHere = () => {
  throw new Error('the broker is not part of this test');
};
/** All services over stores in memory, or those given. */
export async function testServices(changes: Partial<Services> = {}, rows: Rows = memoryRows()) {
  const [clock, random, lines] = [manualClock(), countedRandom(), [] as LogLine[]];
  const log = listedLog(lines);
  const vault = createVault([{ id: 'k', bytes: random.bytes(32) }], random);
  const ledger = await openLedger({ rows: rows.ledger, clock, digest, log, mask: (text) => text, isOwner: true });
  const services: Services = {
    clock,
    digest,
    log,
    policy: policyTable,
    tenantScope,
    endpoints: [],
    worlds: { of: notHere, introspect: notHere },
    audit: ledger,
    changes: createChanges(),
    drafts: createDrafts({ rows: rows.drafts, vault, clock }),
    sessions: createSessions({
      rows: rows.sessions,
      vault,
      clock,
      random,
      digest,
      log,
      serviceCredential: () => ({ id: 'service', pak: 'p' }),
    }),
    signIn: null,
    facts: () => ({
      version: '0',
      environment: 'test',
      broker: { kind: 'broker', host: 'b' },
      idleMs: 1,
      ways: ['accounts'],
      waysNote: null,
      explore: false,
    }),
    status: notHere,
    systemHealth: notHere,
    reload: notHere,
    ...changes,
  };
  const audit = async (): Promise<AuditRow[]> => (await ledger.list({ limit: 200 })).rows.toReversed();
  return { services, rows, ledger, clock, random, lines, audit };
}

export const callerOf = (role: Role, name: string = role): Caller => ({
  person: { id: `account:${name}`, name, role, verified: true },
  sessionId: `session-${name}`,
  sessionEndsAtMs: 0,
  credential: { id: 'service', pak: 'p' },
});
const aCall = (caller: Caller | null, facts: Partial<Call> = {}): Call => ({
  caller,
  requestId: 'rq_00000000000000aa',
  signal: new AbortController().signal,
  origin: { ip: '192.0.2.1', userAgent: 'test' },
  session: { presented: null },
  ...facts,
});
export const aRequest = (facts: Partial<RawRequest> = {}): RawRequest => ({
  params: {},
  query: {},
  body: undefined,
  ...facts,
  headers: { ...facts.headers },
});
/** A change with its key, the `n`th of its person. */
export const aChange = (n: number, facts: Partial<RawRequest> = {}): RawRequest =>
  aRequest({ ...facts, headers: { 'idempotency-key': uuidOf(n), ...facts.headers } });

export const runner =
  (services: Services) =>
  (route: AnyRoute, raw: RawRequest, caller: Caller | null, facts: Partial<Call> = {}): Promise<unknown> =>
    runRoute(route, raw, aCall(caller, facts), services);
