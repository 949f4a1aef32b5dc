import { closeSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { createLog } from '#bff/http/log.ts';
import { withoutPaks } from '#bff/broker/pak.ts';
import type { Log } from '#contract/ports.ts';
import type { RequestHandler } from 'express';
import { startConsole, type RunningConsole } from './app.ts';
import { ConfigFaults, levelOf, parseConfig, StartFault, type Config } from './config.ts';
import { isLoopback } from './config-values.ts';

/** As in sysexits.h: the configuration is at fault. */
const badConfiguration = 78;

/** Starts the console, says how to reach it, and ends it when told to. */
export async function run(page: RequestHandler): Promise<void> {
  try {
    const config = parseConfig(process.env, {
      node: process.versions.node,
      sqlite: process.versions['sqlite'] ?? '',
      execArgv: process.execArgv,
    });
    const log = createLog({ levelOf: (component) => levelOf(config, component), mask: withoutPaks });
    const running = await startConsole(config, log, page);
    log.info('listening', { url: running.origin, version: running.facts.version, environment: running.facts.environment });
    endWhenTold(config, running, log);
    process.stdout.write(`${howToSignIn(running)}\n`);
  } catch (error) {
    if (!(error instanceof StartFault)) throw error;
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    process.stderr.write(`${error.message}${cause}\n`);
    process.exit(error instanceof ConfigFaults ? badConfiguration : 1);
  }
}

function howToSignIn({ origin, facts, setupUrl }: RunningConsole): string {
  return [
    `Brokkr Console ${facts.version}: ${origin}`,
    facts.broker.kind === 'embedded'
      ? 'Broker: simulated, inside this process (set BROKER_URL for a real one)'
      : `Broker: ${facts.broker.host}`,
    ...(facts.explore ? ['Sign in: choose "Explore as viewer", "operator" or "admin" on the sign-in page'] : []),
    ...(facts.waysNote === null ? [] : ['Sign in: by broker key only, because BROKER_PAK is not set']),
    ...(setupUrl === null ? [] : [`Create the first admin account (one-time link, good for 24 hours): ${setupUrl}`]),
  ].join('\n');
}

/**
 * SIGTERM gives load balancers their time; SIGINT, and everything on loopback, needs none. A second signal waits for nobody.
 * An error that nobody caught leaves a state that nobody knows: what is under way gets a moment, then the process ends.
 */
function endWhenTold({ host }: Config, running: RunningConsole, log: Log): void {
  let isEnding = false;
  let exitCode = 0;
  const end = async (why: string, { serveMs, drainMs, mostMs }: Record<'serveMs' | 'drainMs' | 'mostMs', number>): Promise<void> => {
    setTimeout(() => process.exit(1), mostMs); // whatever still hangs then
    if (isEnding) return;
    isEnding = true;
    log.info('stopping', { why });
    try {
      await running.draining.drain({ serveMs, drainMs });
      await running.close();
    } catch (error) {
      log.error('stopping failed', { error });
    }
    process.exit(exitCode);
  };
  const endBy = (signal: NodeJS.Signals, serveMs: number) => {
    if (isEnding) process.exit(exitCode);
    void end(signal, { serveMs, drainMs: 24_000, mostMs: 30_000 });
  };
  process.on('SIGTERM', () => endBy('SIGTERM', isLoopback(host) ? 0 : 5_000));
  process.on('SIGINT', () => endBy('SIGINT', 0));
  process.on('SIGHUP', () => (hasLostTerminal() ? endBy('SIGHUP', 0) : void running.reload()));
  process.on('uncaughtException', (error) => {
    exitCode = 1;
    log.error('an error nobody caught', { error });
    void end('an error nobody caught', { serveMs: 0, drainMs: 4_000, mostMs: 5_000 });
  });
}

const beganInTerminal = isatty(0); // cannot be told any more once it is lost
/** A terminal that closes sends SIGHUP too: whoever started the console there wants it to end. A service never had one. */
function hasLostTerminal(): boolean {
  if (!beganInTerminal) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}
