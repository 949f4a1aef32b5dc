import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { VaultKey } from '#bff/people/vault.ts';
import type { LogLevel } from '#contract/ports.ts';
import type { SignInWay } from '#contract/session.ts';
import type { ConfigName } from './config-keys.ts';
import { checkOrigin, isLoopback, isOlder, parseSessionKeys, wholeNumber } from './config-values.ts';
import { reading, type Environment } from './config-reading.ts';

export interface Config extends LiveConfig {
  environment: 'production' | 'development';
  host: string;
  port: number;
  /** Null on loopback: known once the port is. */
  publicOrigin: string | null;
  broker: { kind: 'embedded' } | { kind: 'broker'; url: string; pak: string | null };
  signIn: SignInWay[];
  /** Absolute path of the SQLite file; its folder is the data folder. */
  database: string;
  /** Newest first. Null: minted into the data folder. */
  sessionKeys: VaultKey[] | null;
  snapshotMinMs: number | null;
}
/** What `reload` may change while the console runs: read where it is used, never copied. */
export interface LiveConfig {
  logLevel: LogLevel;
  /** Per component, before `logLevel`. */
  logLevels: Record<string, LogLevel>;
  limits: { inFlight: number; queue: number };
}

const notSupportedYet =
  /^(MANAGEMENT_PORT|REDIS_URL|AGENT_ENDPOINTS_FILE|TRUSTED_PROXIES|(OIDC|LIMIT(?!_(IN_FLIGHT|QUEUE)(_FILE)?$)|RETENTION)_[A-Z_]+)$/;
const floors = { node: '24.13.0', sqlite: '3.51.3' };
const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies LogLevel[];
const isLevel = (text: string): text is LogLevel => levels.includes(text);

/** Why this console cannot start: a line for whoever started it, no stack. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}
/** All that is wrong with the environment, one line each. */
export class ConfigFaults extends StartFault {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}
/** What of the process itself must be right. */
export interface Runtime {
  node: string;
  sqlite: string;
  /** Options of the Node process: an open debugger is a way in. */
  execArgv: readonly string[];
}

/** Reads the environment at start. @throws ConfigFaults naming every fault, not only the first */
export function parseConfig(env: Environment, runtime: Runtime): Config {
  const { faults, fault, text } = reading(env);

  for (const name of Object.keys(env)) if (env[name] && notSupportedYet.test(name)) fault(name, 'not supported yet');
  if (isOlder(runtime.node, floors.node)) fault('Node', `${floors.node} or newer is needed, this is ${runtime.node}`);
  if (isOlder(runtime.sqlite, floors.sqlite)) fault('SQLite', `${floors.sqlite} or newer is needed, Node brings ${runtime.sqlite}`);
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    fault('NODE_TLS_REJECT_UNAUTHORIZED', '0 switches certificate checks off; name the authority with NODE_EXTRA_CA_CERTS');

  const host = text('HOST') ?? '127.0.0.1';
  if (isIP(host) === 0 && host !== 'localhost') fault('HOST', `${host} is no IP address`);
  const onLoopback = isLoopback(host);
  const environment = text('ENVIRONMENT') ?? (onLoopback ? 'development' : 'production');
  if (environment !== 'production' && environment !== 'development')
    fault('ENVIRONMENT', `${environment} is neither production nor development`);
  const inProduction = environment === 'production';

  const port = wholeNumber(text('PORT') ?? '8080', 65_535) ?? fault('PORT', 'a number from 0 to 65535 is needed');
  const publicOrigin = text('PUBLIC_ORIGIN') ?? null;
  if (publicOrigin !== null) checkOrigin(publicOrigin, (why) => fault('PUBLIC_ORIGIN', why), { plainOffLoopback: false });
  else if (!onLoopback) fault('PUBLIC_ORIGIN', `required because HOST ${host} is not loopback`);

  const url = text('BROKER_URL');
  const pak = text('BROKER_PAK') ?? null;
  if (url !== undefined) checkOrigin(url, (why) => fault('BROKER_URL', why), { plainOffLoopback: true });
  else if (pak !== null) fault('BROKER_PAK', 'a key without BROKER_URL: which broker is it for?');
  if (pak !== null && !/^[^_\s]+_[^_\s]+_[^_\s]+$/.test(pak)) fault('BROKER_PAK', 'not of the form prefix_short_long');

  const hasServiceKey = url === undefined || pak !== null;
  const signIn =
    text('SIGN_IN')
      ?.split(',')
      .map((way) => way.trim()) ?? (hasServiceKey ? ['accounts', 'pak'] : ['pak']);
  for (const way of signIn) {
    if (way === 'oidc') fault('SIGN_IN', 'oidc is not supported yet');
    else if (way !== 'accounts' && way !== 'pak') fault('SIGN_IN', `${way || 'an empty word'} is neither accounts nor pak`);
    else if (way === 'accounts' && !hasServiceKey) fault('SIGN_IN', 'accounts need BROKER_PAK: people with accounts ride the service key');
  }

  const databaseUrl = text('DATABASE_URL') ?? `sqlite:./data/${url === undefined ? 'simulated' : 'console'}.db`;
  if (/^postgres(ql)?:/.test(databaseUrl)) fault('DATABASE_URL', 'PostgreSQL is not supported yet');
  else if (!/^sqlite:(?!\/\/)[^?#]+$/.test(databaseUrl)) fault('DATABASE_URL', 'must be sqlite:<path of a file>');
  else if (databaseUrl.includes(':memory:')) fault('DATABASE_URL', 'a database in memory would lose the audit log');

  const sealing = text('SESSION_KEYS');
  const sessionKeys = sealing === undefined ? null : parseSessionKeys(sealing, (why) => fault('SESSION_KEYS', why));
  if (sealing === undefined && (!onLoopback || inProduction))
    fault('SESSION_KEYS', `required ${onLoopback ? 'in production' : `because HOST ${host} is not loopback`}`);

  const live = liveOf({ fault, text }, inProduction);
  const snapshotMin = text('SNAPSHOT_MIN_MS');
  const snapshotMinMs = snapshotMin === undefined ? null : wholeNumber(snapshotMin, 600_000);
  if (snapshotMinMs === undefined) fault('SNAPSHOT_MIN_MS', 'a number of milliseconds from 0 to 600000 is needed');

  if (inProduction) {
    if (snapshotMin !== undefined) fault('SNAPSHOT_MIN_MS', 'refused in production: it takes away what protects the broker');
    if ([...runtime.execArgv, ...(env['NODE_OPTIONS'] ?? '').split(' ')].some((option) => option.startsWith('--inspect')))
      fault('NODE_OPTIONS', 'an open debugger is refused in production');
  }

  if (faults.length > 0) throw new ConfigFaults(faults);
  // Whatever did not hold its type has put a fault on the list above.
  return {
    environment,
    host,
    port,
    publicOrigin: publicOrigin === null ? null : new URL(publicOrigin).origin,
    broker: url === undefined ? { kind: 'embedded' } : { kind: 'broker', url: new URL(url).origin, pak },
    signIn: [...new Set(signIn)],
    database: resolve(databaseUrl.slice('sqlite:'.length)),
    sessionKeys,
    snapshotMinMs,
    ...live,
  } as Config;
}

/** Reads again what may change while the console runs. @throws ConfigFaults naming every fault of these keys */
export function parseLiveConfig(env: Environment, environment: Config['environment']): LiveConfig {
  const reader = reading(env);
  const live = liveOf(reader, environment === 'production');
  if (reader.faults.length > 0) throw new ConfigFaults(reader.faults);
  return live as LiveConfig; // as above
}

function liveOf({ fault, text }: Pick<ReturnType<typeof reading>, 'fault' | 'text'>, inProduction: boolean) {
  const logLevel = text('LOG_LEVEL') ?? 'info';
  if (!isLevel(logLevel)) fault('LOG_LEVEL', `${logLevel} is none of ${levels.join(', ')}`);
  const logLevels: Record<string, LogLevel> = {};
  for (const pair of text('LOG_LEVELS')?.split(',') ?? []) {
    const [, component, level] = /^\s*([a-z][a-z-]*)=([a-z]+)\s*$/.exec(pair) ?? [];
    if (component !== undefined && level !== undefined && isLevel(level)) logLevels[component] = level;
    else fault('LOG_LEVELS', `${pair.trim()} is not component=level with one of ${levels.join(', ')}`);
  }
  if (inProduction && [logLevel, ...Object.values(logLevels)].includes('debug')) fault('LOG_LEVEL', 'debug is refused in production');
  const inFlight = wholeNumber(text('LIMIT_IN_FLIGHT') ?? '200', 10_000) || fault('LIMIT_IN_FLIGHT', 'a number from 1 to 10000 is needed');
  const queue = wholeNumber(text('LIMIT_QUEUE') ?? '100', 10_000) ?? fault('LIMIT_QUEUE', 'a number from 0 to 10000 is needed');
  return { logLevel, logLevels, limits: { inFlight, queue } };
}

export const levelOf = ({ logLevel, logLevels }: LiveConfig, component: string): LogLevel => logLevels[component] ?? logLevel;

/** What is in effect, as the status page shows it: secrets are only `set` or `unset`. */
export function describeConfig(config: Config): Record<ConfigName, string> {
  return {
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_ORIGIN: config.publicOrigin ?? 'derived',
    BROKER_URL: config.broker.kind === 'embedded' ? 'embedded simulator' : config.broker.url,
    BROKER_PAK: config.broker.kind === 'embedded' ? 'minted' : config.broker.pak === null ? 'unset' : 'set',
    SIGN_IN: config.signIn.join(','),
    DATABASE_URL: `sqlite:${config.database}`,
    SESSION_KEYS: config.sessionKeys === null ? 'minted' : `set (${config.sessionKeys.length})`,
    LOG_LEVEL: config.logLevel,
    LOG_LEVELS:
      Object.entries(config.logLevels)
        .map((pair) => pair.join('='))
        .join(',') || 'unset',
    LIMIT_IN_FLIGHT: String(config.limits.inFlight),
    LIMIT_QUEUE: String(config.limits.queue),
    SNAPSHOT_MIN_MS: String(config.snapshotMinMs ?? 'default'),
    ENVIRONMENT: config.environment,
  };
}
