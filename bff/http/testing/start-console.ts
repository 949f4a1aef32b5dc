import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { nodeClock, nodeDigest } from '#bff/node-world.ts';
import { listedLog, type LogLine } from '#bff/testing/world.ts';
import type { AuditEnd, AuditIntent, AuditStore } from '#bff/audit/store.ts';
import type { Session, Sessions } from '#bff/people/sessions.ts';
import { createChanges } from '#bff/pipeline/changes.ts';
import { policyTable } from '#bff/pipeline/policy.ts';
import { tenantScope } from '#bff/pipeline/tenant.ts';
import type { AnyRoute } from '#bff/pipeline/route.ts';
import type { Services } from '#bff/pipeline/services.ts';
import type { Problem } from '#contract/problem.ts';
import type { Role } from '#contract/session.ts';
import type { Health } from '#contract/status.ts';
import type { RequestHandler } from 'express';
import { createConsoleApp } from '../console-app.ts';
import type { HoldBack } from '../hold-back.ts';
import type { Admit } from '../in-flight.ts';
import { createServer } from '../server.ts';
import { siteOf } from '../site.ts';
import type { RawHead } from '../target.ts';

const notUsed = (name: string) => () => Promise.reject(new Error(`${name} is not part of this test`));
/** A ledger in a list: enough to see what was recorded. */
function listedAudit(records: { intent: AuditIntent; end?: AuditEnd }[]): AuditStore {
  return {
    begin: async (intent) => ({ kind: 'begun', seq: records.push({ intent }) }),
    end: async (seq, end) => void Object.assign(records[seq - 1] ?? {}, { end }),
    record: async (intent, end) => void records.push({ intent, end }),
    list: notUsed('list'),
    read: notUsed('read'),
    historyOf: notUsed('historyOf'),
  };
}
/** Sessions whose token is their role, padded to the length of a real one. */
const tokenOf = (role: Role): string => role.padEnd(43, '0');
function roleSessions(extended: string[]): Sessions {
  return {
    find: async (token, { extend }) => {
      const role = (['viewer', 'operator', 'admin'] as const).find((name) => tokenOf(name) === token);
      if (!role) return undefined;
      if (extend) extended.push(token);
      return {
        id: `session-${role}`,
        person: { id: `account:${role}`, name: role, role, verified: true },
        credential: { id: 'service', pak: 'x' },
        endsAtMs: Number.MAX_SAFE_INTEGER,
      } satisfies Session;
    },
    open: notUsed('open'),
    end: notUsed('end'),
    endAllOf: notUsed('endAllOf'),
    count: notUsed('count'),
  };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: () => unknown;
  problem: () => Problem;
}
export interface Ask {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  /** Sends the cookie of a person of this role. */
  as?: Role;
}
export interface TestConsole {
  port: number;
  origin: string;
  log: LogLine[];
  audit: { intent: AuditIntent; end?: AuditEnd }[];
  /** Tokens of sessions that a request prolonged. */
  extended: string[];
  ask: (path: string, options?: Ask) => Promise<Answer>;
  /** Bytes as they are, on a socket of their own; answers with everything that came back. */
  raw: (bytes: string) => Promise<string>;
  close: () => Promise<void>;
}
export interface TestParts {
  routes?: readonly AnyRoute[];
  services?: Partial<Services>;
  page?: RequestHandler;
  publicOrigin?: string;
  /** Instead of the rules for raw requests. */
  inspect?: (head: RawHead) => void;
  /** Instead of the proof that a change came from the page. */
  guard?: () => void;
  /** Instead of the cap on requests that are under way. */
  admit?: Admit;
  /** Instead of the time for which those who push on are not read. */
  hold?: HoldBack;
  /** Least time of a failed sign-in. */
  refusedMs?: number;
  isDraining?: () => boolean;
  health?: () => Promise<Health>;
}

const everybody: Admit = (_response, enter) => {
  enter();
  return true;
};

/** The real server on a free port of loopback, over services that live in memory. */
export async function startConsole(parts: TestParts = {}): Promise<TestConsole> {
  const { routes = [], page = (_request, response) => void response.type('html').send('<p>page</p>') } = parts;
  const log: LogLine[] = [];
  const audit: TestConsole['audit'] = [];
  const extended: string[] = [];
  const services: Services = {
    clock: nodeClock,
    digest: nodeDigest,
    log: listedLog(log),
    policy: policyTable,
    tenantScope,
    endpoints: routes.map(({ endpoint }) => endpoint),
    worlds: {
      of: () => {
        throw new Error('the broker is not part of this test');
      },
      introspect: notUsed('introspect'),
    },
    audit: listedAudit(audit),
    changes: createChanges(),
    drafts: { read: notUsed('drafts'), save: notUsed('drafts'), discard: notUsed('drafts') },
    sessions: roleSessions(extended),
    signIn: null,
    facts: () => ({
      version: '0',
      environment: 'test',
      broker: { kind: 'embedded', host: '' },
      idleMs: 0,
      ways: [],
      waysNote: null,
      explore: false,
    }),
    status: notUsed('status'),
    systemHealth: notUsed('systemHealth'),
    reload: () => {
      throw new Error('the configuration is not part of this test');
    },
    ...parts.services,
  };
  const site = siteOf(parts.publicOrigin ?? null, () => ({ host: '127.0.0.1', port: portOf(server) }));
  const health = parts.health ?? (async () => ({ status: 'ok' as const, components: [] }));
  const probes = { health, isDraining: parts.isDraining ?? (() => false), sessions: services.sessions };
  const server = createServer(
    createConsoleApp(
      {
        routes,
        services,
        site,
        probes,
        page,
        ...(parts.refusedMs !== undefined && { refusedMs: parts.refusedMs }),
      },
      parts.guard,
    ),
    site,
    services.log.child({ component: 'http' }),
    { admit: parts.admit ?? everybody, ...(parts.hold && { hold: parts.hold }), ...(parts.inspect && { inspect: parts.inspect }) },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(server);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    log,
    audit,
    extended,
    ask: (path, options) => ask(port, path, options),
    raw: (bytes) => rawExchange(port, bytes),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export function ask(port: number, path: string, { method = 'GET', headers = {}, body, as }: Ask = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const framing = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }; // node:http frames no body of a DELETE
  const cookie = as && { cookie: `__Host-Http-console=${tokenOf(as)}` };
  const outgoing = httpRequest(
    { host: '127.0.0.1', port, path, method, agent: false, headers: { ...framing, ...cookie, ...headers } },
    (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          json: () => JSON.parse(text) as unknown,
          problem: () => JSON.parse(text) as Problem,
        });
      });
      incoming.on('error', reject);
    },
  );
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

async function rawExchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (received += chunk));
  socket.end(Buffer.from(bytes, 'latin1'));
  await once(socket, 'close');
  return received;
}

/** What the console's own page sends with every change. */
export const pageHeaders = { 'sec-fetch-site': 'same-origin', 'x-console': 'action', 'content-type': 'application/json' } as const;
export const post = (body: unknown, more: Ask = {}): Ask => ({
  method: 'POST',
  body: JSON.stringify(body),
  ...more,
  headers: { ...pageHeaders, ...more.headers },
});
