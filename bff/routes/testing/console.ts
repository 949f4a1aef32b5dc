import { memoryLedger } from '#bff/audit/memory-ledger.ts';
import { openLedger } from '#bff/audit/ledger.ts';
import { adminPak, quietLog } from '#bff/broker/testing/a-broker.ts';
import { simulatorSend } from '#bff/broker/testing/send.ts';
import { inlineSnapshotHost } from '#bff/lists/inline-snapshot-host.ts';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import type { TestClock } from '#bff/lists/testing/test-clock.ts';
import type { SnapshotHost } from '#bff/lists/snapshot-host.ts';
import { createWorlds } from '#bff/lists/world.ts';
import type { RunningWorlds, WorldsOptions } from '#bff/lists/world.ts';
import { createChanges } from '#bff/pipeline/changes.ts';
import { policyTable } from '#bff/pipeline/policy.ts';
import { tenantScope } from '#bff/pipeline/tenant.ts';
import type { TenantScope } from '#bff/pipeline/tenant.ts';
import { runRoute } from '#bff/pipeline/run-route.ts';
import type { Services } from '#bff/pipeline/services.ts';
import type { AuditStore } from '#bff/audit/store.ts';
import type { Credential, Digest, Send } from '#contract/ports.ts';
import type { Endpoint, ResponseOf } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Problem } from '#contract/problem.ts';
import type { Role } from '#contract/session.ts';
import { anAgent } from '#simulator/builders.ts';
import { createSimulator } from '#simulator/simulator.ts';
import type { Simulator, SimulatorOptions } from '#simulator/simulator.ts';
import { routes } from '../index.ts';

const digest: Digest = { sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))) };

interface Ask {
  params?: Record<string, string>;
  query?: Record<string, string | string[]>;
  body?: unknown;
  etag?: string;
  as?: Role;
  /** Another person's browser, for the same role. */
  credential?: string | Credential;
  key?: string;
  signal?: AbortSignal;
}
export interface TestConsole {
  simulator: Simulator;
  clock: TestClock;
  worlds: RunningWorlds;
  snapshotHost: SnapshotHost;
  audit: AuditStore;
  /** Set, it stands between the console and the broker; `through` is the way on. */
  send: { instead: Send | undefined };
  through: Send;
  adminPak: string;
  /** What the broker was asked so far, by operation. */
  upstream(): Record<string, number>;
  /** Somebody else with the admin key asks the broker itself; paths stand below `/api/v1`. */
  outside(method: string, path: string, body?: { json: unknown } | { yaml: string }): Promise<{ status: number; text: string }>;
  /** Of the broker's own generator, which no list shows: only registrations name it. */
  systemGeneratorId(): Promise<string>;
  /** The newest row of the ledger, whole. */
  newestRow(): Promise<unknown>;
  /** One call of the console as a carrier makes it. @throws ProblemError */
  call<E extends Endpoint>(endpoint: E, ask?: Ask): Promise<ResponseOf<E>>;
  stop(): void;
}

/** The console's routes over a simulated broker, in this process and on a clock that stands still. */
export async function startTestConsole(
  options: Partial<Pick<SimulatorOptions, 'scenario' | 'agents'>> &
    Partial<Pick<WorldsOptions, 'snapshotMinMs' | 'reachOf' | 'onOutsideChange' | 'onCredentialRefused' | 'rhythms' | 'breakers'>> & {
      tenantScope?: TenantScope;
    } = {},
): Promise<TestConsole> {
  let busy = 0;
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    busy += 1;
    return work.finally(() => (busy -= 1));
  };
  const clock = testClock(() => busy > 0);
  const simulator = createSimulator({
    seed: 'routes',
    clock,
    scenario: options.scenario ?? 'default',
    adminPak,
    ...(options.agents !== undefined && { agents: options.agents }),
  });
  const through = simulatorSend(simulator, clock);
  const send: { instead: Send | undefined } = { instead: undefined };
  const host = inlineSnapshotHost();
  const worlds = createWorlds({
    send: (request) => counted((send.instead ?? through)(request)),
    clock,
    random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    log: quietLog,
    digest,
    snapshotHost: { ask: (call, ask) => counted(host.ask(call, ask)), close: () => host.close() },
    snapshotMinMs: options.snapshotMinMs ?? 5_000,
    ...(options.reachOf && { reachOf: options.reachOf }),
    ...(options.onOutsideChange && { onOutsideChange: options.onOutsideChange }),
    ...(options.onCredentialRefused && { onCredentialRefused: options.onCredentialRefused }),
    ...(options.rhythms && { rhythms: options.rhythms }),
    ...(options.breakers && { breakers: options.breakers }),
  });
  const audit = await openLedger({ rows: memoryLedger(digest), clock, digest, log: quietLog, mask: (text) => text, isOwner: true });
  const unused = new Proxy({}, { get: () => () => Promise.reject(new Error('not part of this test')) });
  const services = {
    clock,
    digest,
    log: quietLog,
    policy: policyTable,
    tenantScope: options.tenantScope ?? tenantScope,
    endpoints: routes.map(({ endpoint }) => endpoint),
    worlds,
    audit,
    changes: createChanges(),
    drafts: unused,
    sessions: unused,
    signIn: null,
    facts: () => ({
      version: '0',
      environment: 'test',
      broker: { kind: 'broker', host: 'b' },
      idleMs: 1,
      ways: [],
      waysNote: null,
      explore: false,
    }),
    status: async () => ({}),
  } as unknown as Services; // the members that these routes use are real

  async function outside(method: string, path: string, body?: { json: unknown } | { yaml: string }) {
    const told =
      body &&
      ('yaml' in body ? { type: 'application/yaml', text: body.yaml } : { type: 'application/json', text: JSON.stringify(body.json) });
    const { status, bytes } = await simulator.send({
      method,
      path: `/api/v1${path}`,
      headers: { authorization: `Bearer ${adminPak}`, ...(told && { 'content-type': told.type }) },
      ...(told && { body: new TextEncoder().encode(told.text) }),
    });
    return { status, text: new TextDecoder().decode(bytes) };
  }

  return {
    simulator,
    clock,
    worlds,
    snapshotHost: host,
    audit,
    send,
    through,
    adminPak,
    async call(
      endpoint,
      { params = {}, query = {}, body, etag, as = 'admin', credential = 'service', key = crypto.randomUUID(), signal } = {},
    ) {
      const found = routes.find((route) => route.endpoint.id === endpoint.id);
      if (found === undefined) throw new Error(`no route ${endpoint.id}`);
      const headers = { 'idempotency-key': key, ...(etag !== undefined && { 'if-match': etag }) };
      const caller = {
        person: { id: `account:${as}`, name: as, role: as, verified: true },
        sessionId: as,
        sessionEndsAtMs: Date.UTC(2100, 0),
        credential: typeof credential === 'string' ? { id: credential, pak: adminPak } : credential,
      };
      const call = {
        caller,
        requestId: 'rq_00112233445566aa',
        signal: signal ?? new AbortController().signal,
        origin: { ip: null, userAgent: null },
        session: { presented: null },
      };
      return (await counted(runRoute(found, { params, query, headers, body }, call, services))) as ResponseOf<typeof endpoint>;
    },
    upstream: () => simulator.count.all(),
    outside,
    async systemGeneratorId() {
      simulator.seed({ agents: [anAgent({ name: 'any', clusterName: 'any' })] });
      const { text } = await outside('GET', `/agents/${simulator.agents.find('any').id}/registrations`);
      const [{ generator_id: id }] = JSON.parse(text) as [{ generator_id: string }];
      return id;
    },
    async newestRow() {
      const [row] = (await audit.list({ limit: 1 })).rows;
      return row && audit.read(row.seq);
    },
    stop() {
      simulator.stop();
    },
  };
}

/** An id that nothing has. */
export const unknownId = '3f0c9a7e-0000-4000-8000-00000000dead';
/** The problem a call ends with. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error(`no problem but ${String(error)}`);
}
