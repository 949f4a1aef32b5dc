import { statfs } from 'node:fs/promises';
import type { Ledger } from '#bff/audit/ledger.ts';
import type { AuditStore } from '#bff/audit/store.ts';
import type { ComponentName } from '#bff/health/health-now.ts';
import type { Probe } from '#bff/health/look.ts';
import type { RunningWorlds } from '#bff/lists/world.ts';
import type { ProcessStatus } from '#bff/pipeline/services.ts';
import { mintRequestId } from '#bff/http/request-context.ts';
import type { Store } from '#bff/store/open-store.ts';
import { isPublishedKey } from '#bff/people/published-key.ts';
import type { Sessions } from '#bff/people/sessions.ts';
import type { Clock, Digest } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Health, Status } from '#contract/status.ts';
import type { BuildFacts } from './build-facts.ts';
import { describeConfig, type Config } from './config.ts';
import { isLoopback } from './config-values.ts';

const littleSpace = 256 * 1024 * 1024;

/** Each says how one thing is that the console stands on. Full disks and failed writes degrade: people still read. */
export function healthProbes({
  worlds,
  store,
  folder,
}: {
  worlds: RunningWorlds;
  store: Store;
  folder: string;
}): Record<ComponentName, Probe> {
  return {
    async broker(signal) {
      await worlds.ready({ requestId: mintRequestId(), signal }).catch((error: unknown) => {
        throw error instanceof ProblemError ? new Error(error.problem.title, { cause: error }) : error;
      });
      return { status: 'ok', message: 'ready' };
    },
    async database() {
      const { canWrite } = await store.probe();
      return canWrite ? { status: 'ok', message: 'reads and writes' } : { status: 'degraded', message: 'reads, but cannot be written' };
    },
    async disk() {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize;
      return { status: free < littleSpace ? 'degraded' : 'ok', message: `${sized(free)} free` };
    },
  };
}

const mebibyte = 1024 * 1024;
const sized = (bytes: number) =>
  bytes < 1024 * mebibyte ? `${Math.floor(bytes / mebibyte)} MiB` : `${(bytes / 1024 / mebibyte).toFixed(1)} GiB`;

const newestLinks = 10_000;
const checkEveryMs = 10 * 60_000;
/** Whether the newest records still hang together; looked at now and then. */
export const chainCheck = (ledger: Ledger, clock: Clock): (() => Promise<boolean>) =>
  atMostEvery(checkEveryMs, clock, async () => (await ledger.check(newestLinks)) !== null);

/** What the console keeps its record in; without it nothing can be changed. */
export const auditProbe =
  (ledger: Ledger, isChainBroken: () => Promise<boolean>): Probe =>
  async () => {
    if (ledger.isStopped()) return { status: 'failed', message: 'an outcome could not be recorded: changes are stopped' };
    if (await isChainBroken()) return { status: 'failed', message: 'its chain is broken' };
    return { status: 'ok', message: 'its newest records hang together' };
  };

export interface StatusParts {
  config: Config;
  facts: BuildFacts;
  clock: Clock;
  digest: Digest;
  health: () => Promise<Health>;
  sessions: Sessions;
  ledger: Ledger;
  isChainBroken: () => Promise<boolean>;
  /** What the broker itself says of its admin key. */
  isDefaultPak: () => boolean | null;
  changesHandled: () => number;
}

export function createProcessStatus({
  config,
  facts,
  clock,
  digest,
  health,
  sessions,
  ledger,
  isChainBroken,
  isDefaultPak,
  changesHandled,
}: StatusParts): () => Promise<ProcessStatus> {
  const startedAtMs = clock.now();
  return async () => {
    const [healthNow, count, broken, warnings] = await Promise.all([
      health(),
      sessions.count(),
      isChainBroken(),
      standingWarnings(config, digest),
    ]);
    if (isDefaultPak() && !warnings.includes('default_admin_pak_active')) warnings.push('default_admin_pak_active');
    if (broken) warnings.push('audit_chain_broken');
    if (ledger.isStopped()) warnings.push('changes_stopped');
    return {
      ...facts,
      startedAt: new Date(startedAtMs).toISOString(),
      uptimeMs: clock.now() - startedAtMs,
      environment: config.environment,
      sessions: count,
      changesHandled: changesHandled(),
      health: healthNow,
      configuration: describeConfig(config),
      warnings,
    };
  };
}

/** What stays wrong until the configuration changes. */
async function standingWarnings({ broker }: Config, digest: Digest): Promise<Status['warnings']> {
  if (broker.kind === 'embedded') return [];
  const { protocol, hostname } = new URL(broker.url);
  const warnings: Status['warnings'] = [];
  if (protocol === 'http:' && !isLoopback(hostname)) warnings.push('plain_http_upstream');
  if (broker.pak !== null && (await isPublishedKey(broker.pak, digest))) warnings.push('default_admin_pak_active');
  return warnings;
}

function atMostEvery<T>(ms: number, clock: Clock, work: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (!last || clock.now() - last.at >= ms) {
      const mine = { at: clock.now(), value: work() };
      last = mine;
      mine.value.catch(() => {
        if (last === mine) last = undefined;
      });
    }
    return last.value;
  };
}

/** Counts changes as their outcomes are written. */
export function countChanges(audit: AuditStore): { audit: AuditStore; handled: () => number } {
  let handled = 0;
  const end: AuditStore['end'] = async (...args) => {
    await audit.end(...args);
    handled += 1;
  };
  return { audit: { ...audit, end }, handled: () => handled };
}
