import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll } from 'vitest';

/** An answer as it came over the wire. */
export interface Answer {
  status: number;
  /** Lower-case names in their order; a name may stand twice. */
  headers: [string, string][];
  text: string;
  /** The parsed body; text when it is not JSON. */
  body: unknown;
}
export interface Ask {
  headers?: Record<string, string>;
  /** An object goes as JSON; text and bytes go as they are, without a media type of their own. */
  body?: unknown;
}
type Row = Record<string, unknown> & { id: string; name: string };

export const unknownId = '3f0c9a7e-0000-4000-8000-00000000dead';
export const unique = (what: string) => `${what}-${randomBytes(5).toString('hex')}`;

const mintKey = () => `brokkr_BRsuite00_${randomBytes(18).toString('base64url').replaceAll(/[-_]/g, 'x')}`;
const here = new URL('.', import.meta.url);

/** The broker named by `BROKER_UNDER_TEST`, else a simulated one in a process of its own. */
async function brokerUnderTest(): Promise<{ url: string; adminPak: string }> {
  const url = process.env['BROKER_UNDER_TEST'];
  const named = process.env['BROKER_UNDER_TEST_PAK'];
  if (url !== undefined && named === undefined) throw new Error('BROKER_UNDER_TEST needs its admin key in BROKER_UNDER_TEST_PAK.');
  if (url !== undefined && named !== undefined) return { url, adminPak: named };
  const adminPak = mintKey();
  const child = spawn(process.execPath, ['../port/main.ts', '--port', '0', '--scenario', 'empty', '--admin-pak', adminPak], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterAll(() => void child.kill());
  child.stdout.setEncoding('utf8');
  const [line] = (await once(child.stdout, 'data')) as [string];
  const found = /http:\/\/[\d.]+:\d+/.exec(line)?.[0];
  if (found === undefined) throw new Error(`The simulated broker did not start: ${line}`);
  return { url: found, adminPak };
}

export const { url, adminPak } = await brokerUnderTest();
export const isSimulated = process.env['BROKER_UNDER_TEST'] === undefined;

/** One request with its target sent as it stands. */
export function ask(method: string, path: string, { headers = {}, body }: Ask = {}): Promise<Answer> {
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const bytes = isRaw ? body : JSON.stringify(body);
  const { hostname, port } = new URL(url);
  const length = bytes === undefined ? {} : { 'content-length': String(Buffer.byteLength(bytes)) };
  const sent = { ...(isRaw ? {} : { 'content-type': 'application/json' }), ...length, ...headers };
  return new Promise((resolve, reject) => {
    const outgoing = request({ method, hostname, port, path, headers: sent, agent: false }, (incoming) => {
      const chunks: Uint8Array[] = [];
      incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const raw = incoming.rawHeaders;
        const lines = raw.flatMap((name, index): [string, string][] =>
          index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? '']] : [],
        );
        const isJson = incoming.headers['content-type'] === 'application/json';
        resolve({ status: incoming.statusCode ?? 0, headers: lines, text, body: isJson && text !== '' ? JSON.parse(text) : text });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(bytes);
  });
}
export const headerOf = ({ headers }: Answer, name: string) => headers.filter(([key]) => key === name).map(([, value]) => value);

/** Asks the API with a key: `as(pak)('GET', '/agents')`. */
export const as =
  (pak: string) =>
  (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(method, `/api/v1${path}`, { headers: { authorization: `Bearer ${pak}`, ...headers }, body });
export const admin = as(adminPak);
export type Client = typeof admin;

/** The answer to an admin's request that must succeed. */
export async function made(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const answer = await admin(method, path, body, headers);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${String(answer.status)} ${answer.text}`);
  return answer.body as Record<string, unknown>;
}
export interface Keyed {
  id: string;
  name: string;
  pak: string;
  call: Client;
}
export async function anAgent(generatorIds: readonly string[] = []): Promise<Keyed & { cluster: string }> {
  const [name, cluster] = [unique('agent'), unique('cluster')];
  const { agent, initial_pak: pak } = (await made('POST', '/agents', { name, cluster_name: cluster, generator_ids: generatorIds })) as {
    agent: Row;
    initial_pak: string;
  };
  return { id: agent.id, name, cluster, pak, call: as(pak) };
}
export async function aGenerator(): Promise<Keyed> {
  const name = unique('generator');
  const { generator, pak } = (await made('POST', '/generators', { name })) as { generator: Row; pak: string };
  return { id: generator.id, name, pak, call: as(pak) };
}
export async function aStack(generatorId: string): Promise<{ id: string; name: string }> {
  const name = unique('stack');
  return { id: ((await made('POST', '/stacks', { name, generator_id: generatorId })) as Row).id, name };
}
export async function anObject(stackId: string): Promise<string> {
  return ((await made('POST', `/stacks/${stackId}/deployment-objects`, { yaml_content: 'kind: ConfigMap\n' })) as Row).id;
}
/** An agent registered with a generator whose stack has one object that is explicitly targeted at it. */
export async function aTarget() {
  const generator = await aGenerator();
  const agent = await anAgent([generator.id]);
  const stack = await aStack(generator.id);
  const objectId = await anObject(stack.id);
  await made('POST', `/agents/${agent.id}/targets`, { agent_id: agent.id, stack_id: stack.id });
  return { generator, agent, stack, objectId };
}

/** A refusal by a handler: status, code, and the constraint when the database spoke. */
export const refusal = (status: number, code: string, constraint?: string) => ({
  status,
  body: expectedError(code, constraint),
});
const expectedError = (code: string, constraint: string | undefined) =>
  constraint === undefined ? { code, message: anyText } : { code, message: anyText, details: { constraint } };
const anyText = { asymmetricMatch: (value: unknown) => typeof value === 'string', toString: () => 'any text' };
