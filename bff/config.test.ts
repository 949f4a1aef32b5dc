import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigFaults, describeConfig, parseConfig, type Runtime } from './config.ts';
import { configKeys } from './config-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const runtime: Runtime = { node: '24.21.0', sqlite: '3.53.4', execArgv: [] };
const aKey = (id: string, length = 32) => `${id}:${randomBytes(length).toString('base64')}`;
const pak = 'brokkr_BRabcdefg_notARealKey123456789';
const production = {
  HOST: '0.0.0.0',
  PUBLIC_ORIGIN: 'https://console.test',
  BROKER_URL: 'https://broker.test',
  BROKER_PAK: pak,
  SESSION_KEYS: aKey('k1'),
};
function faultsOf(env: Record<string, string>, changed: Partial<Runtime> = {}): readonly string[] {
  try {
    parseConfig(env, { ...runtime, ...changed });
    return [];
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults;
    throw error;
  }
}
const fileWith = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('an empty environment is a console on loopback over the embedded simulator', () => {
  const config = parseConfig({}, runtime);
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    publicOrigin: null,
    broker: { kind: 'embedded' },
    signIn: ['accounts', 'pak'],
    environment: 'development',
    sessionKeys: null,
    limits: { inFlight: 200, queue: 100 },
  });
  expect(config.database).toMatch(/\/data\/simulated\.db$/);
});

test('off loopback it is production and accepts a complete environment', () => {
  const config = parseConfig(production, runtime);
  expect(config).toMatchObject({
    environment: 'production',
    publicOrigin: 'https://console.test',
    broker: { url: 'https://broker.test', pak },
  });
  expect(config.database).toMatch(/\/data\/console\.db$/);
});

test('every fault is listed, not only the first', () => {
  const faults = faultsOf({
    HOST: '0.0.0.0',
    PORT: 'x',
    SIGN_IN: 'oidc,magic',
    REDIS_URL: 'redis://r',
    DATABASE_URL: 'postgres://d',
    LOG_LEVEL: 'loud',
  });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'REDIS_URL',
    'PORT',
    'PUBLIC_ORIGIN',
    'SIGN_IN',
    'SIGN_IN',
    'DATABASE_URL',
    'SESSION_KEYS',
    'LOG_LEVEL',
  ]);
});

test.each([
  'MANAGEMENT_PORT',
  'REDIS_URL',
  'AGENT_ENDPOINTS_FILE',
  'TRUSTED_PROXIES',
  'OIDC_ISSUER',
  'OIDC_CLIENT_SECRET_FILE',
  'LIMIT_SIGN_IN',
  'LIMIT_IN_FLIGHTS',
  'RETENTION_DAYS',
])('%s belongs to a feature that is not here yet', (name) => expect(faultsOf({ [name]: '1' })).toEqual([`${name}: not supported yet`]));

test.each([
  ['an http public origin off loopback', { ...production, PUBLIC_ORIGIN: 'http://console.test' }, /^PUBLIC_ORIGIN: must be https/],
  ['a public origin with a path', { PUBLIC_ORIGIN: 'https://console.test/app' }, /^PUBLIC_ORIGIN: must be an origin alone/],
  ['certificate checks switched off', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /^NODE_TLS_REJECT_UNAUTHORIZED/],
  ['debug logs in production', { ...production, LOG_LEVEL: 'debug' }, /^LOG_LEVEL: debug is refused/],
  ['debug logs of one component in production', { ...production, LOG_LEVELS: 'broker=debug' }, /^LOG_LEVEL: debug is refused/],
  ['a debugger in production', { ...production, NODE_OPTIONS: '--inspect=0.0.0.0' }, /^NODE_OPTIONS/],
  ['SNAPSHOT_MIN_MS in production', { ...production, SNAPSHOT_MIN_MS: '0' }, /^SNAPSHOT_MIN_MS: refused in production/],
  ['a service key without a broker', { BROKER_PAK: pak }, /^BROKER_PAK: a key without BROKER_URL/],
  ['a service key of another form', { BROKER_URL: 'http://b:3000', BROKER_PAK: 'secret' }, /^BROKER_PAK: not of the form/],
  ['accounts without a service key', { BROKER_URL: 'http://b:3000', SIGN_IN: 'accounts,pak' }, /^SIGN_IN: accounts need BROKER_PAK/],
  ['a broker URL with a user', { BROKER_URL: 'http://me:pw@b:3000' }, /^BROKER_URL: must be an origin alone/],
  ['a database in memory', { DATABASE_URL: 'sqlite::memory:' }, /^DATABASE_URL: a database in memory/],
  ['a short session key', { SESSION_KEYS: aKey('k1', 31) }, /^SESSION_KEYS: key k1 has 31 bytes/],
  [
    'a session key that is a placeholder',
    { SESSION_KEYS: `k1:${Buffer.alloc(32, 'changeme').toString('base64')}` },
    /^SESSION_KEYS: key k1 is not random/,
  ],
  ['two session keys of one id', { SESSION_KEYS: `${aKey('a')},${aKey('a')}` }, /^SESSION_KEYS: two keys/],
  ['a limit that lets nobody in', { LIMIT_IN_FLIGHT: '0' }, /^LIMIT_IN_FLIGHT: a number from 1/],
  ['a limit that is no number', { LIMIT_QUEUE: '-1' }, /^LIMIT_QUEUE: a number from 0/],
  ['a level nobody knows', { LOG_LEVELS: 'broker=loud' }, /^LOG_LEVELS: broker=loud/],
])('%s refuses to start', (_name, env, message) => {
  expect(faultsOf(env)).toEqual([expect.stringMatching(message)]);
});

test('the floors of Node and SQLite are asserted', () => {
  expect(faultsOf({}, { node: '24.12.9', sqlite: '3.51.2' })).toEqual([
    expect.stringMatching(/^Node: 24\.13\.0 or newer/),
    expect.stringMatching(/^SQLite: 3\.51\.3/),
  ]);
  expect(faultsOf({}, { node: '26.0.0', sqlite: '3.52.0' })).toEqual([]);
});

test('without a service key only sign-in by key is offered', () => {
  expect(parseConfig({ BROKER_URL: 'http://broker:3000' }, runtime).signIn).toEqual(['pak']);
});

describe('secrets by file', () => {
  test('are read without their final line break', () => {
    const env = { BROKER_URL: 'http://b:3000', BROKER_PAK_FILE: fileWith('pak', `${pak}\n`) };
    expect(parseConfig(env, runtime).broker).toMatchObject({ pak });
  });
  test('keep the order of session keys, newest first', () => {
    const env = { SESSION_KEYS_FILE: fileWith('keys', `${aKey('new')}\n${aKey('old', 48)}\n`) };
    expect(parseConfig(env, runtime).sessionKeys?.map(({ id, bytes }) => [id, bytes.length])).toEqual([
      ['new', 32],
      ['old', 48],
    ]);
  });
  test('that are missing, empty or given twice are faults', () => {
    expect(faultsOf({ SESSION_KEYS_FILE: join(folder, 'none') })).toEqual([
      expect.stringMatching(/^SESSION_KEYS_FILE: .* cannot be read \(ENOENT\)/),
    ]);
    expect(faultsOf({ SESSION_KEYS_FILE: fileWith('empty', '\n') })).toEqual([expect.stringMatching(/is empty$/)]);
    expect(faultsOf({ SESSION_KEYS: aKey('a'), SESSION_KEYS_FILE: fileWith('again', aKey('b')) })).toEqual([
      expect.stringMatching(/^SESSION_KEYS: set both/),
    ]);
  });
});

test('what may change while the console runs may come from a file as well; the rest may not', () => {
  const files = { LOG_LEVEL_FILE: fileWith('level', 'warn\n'), LIMIT_QUEUE_FILE: fileWith('queue', '7\n') };
  expect(parseConfig(files, runtime)).toMatchObject({ logLevel: 'warn', limits: { queue: 7 } });
  expect(parseConfig({ PORT_FILE: fileWith('port', '1\n') }, runtime).port).toBe(8080);
});

test('the status page learns every key and no secret', () => {
  const shown = describeConfig(parseConfig(production, runtime));
  expect(Object.keys(shown)).toEqual(configKeys.map(({ name }) => name));
  expect(JSON.stringify(shown)).not.toContain(pak);
  expect(JSON.stringify(shown)).not.toContain(production.SESSION_KEYS.slice(3));
});
