import type { Clock, Log } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import type { SystemHealth } from '#contract/system-health.ts';
import { createBrokerSeries, stepMs } from './broker-series.ts';
import { createComponentHistory } from './component-history.ts';
import type { Look } from './component-history.ts';

/** Says how a component is; what it throws is its failure. Has 5 s. */
export type Probe = (signal: AbortSignal) => Promise<Pick<Look, 'status' | 'message'>>;
export interface SamplerOptions {
  clock: Clock;
  log: Log;
  probes: Readonly<Partial<Record<Component, Probe>>>;
  /** The broker's metrics as text, and which broker it is. */
  metrics: (signal: AbortSignal) => Promise<string>;
  version: (signal: AbortSignal) => Promise<string>;
}
/** As bad as the worst of them. */
function overallOf(components: readonly Pick<SystemHealth['components'][number], 'status'>[]): SystemHealth['overall'] {
  const states = components.map(({ status }) => status);
  return states.includes('failed') ? 'failed' : states.includes('degraded') ? 'degraded' : 'ok';
}
/** For those who are not told how the agents of others do: it must not show through the verdict either. */
export function withoutAgents(health: SystemHealth): SystemHealth {
  const components = health.components.filter(({ component }) => component !== 'agents');
  return { ...health, components, overall: overallOf(components) };
}
type Component = SystemHealth['components'][number]['component'];
const probeEveryMs = 15_000;
const probeMs = 5_000;
const versionMs = 60 * 60_000;

/**
 * From its start it looks at every component each 15 s and at the broker's metrics each 30 s, whether or not anybody watches, and keeps the last
 * hour in memory.
 */
export function createSampler({ clock, log, probes, metrics, version }: SamplerOptions) {
  const components = (Object.entries(probes) as [Component, Probe][]).map(([name, probe]) => ({
    probe,
    history: createComponentHistory(name, { clock }),
  }));
  const series = createBrokerSeries({ clock });
  let brokerVersion: { text: string | null; untilMs: number } = { text: null, untilMs: 0 };
  let looking: Promise<void> | undefined;
  const cancels: { look?: () => void; scrape?: () => void } = {};
  let isClosed = false;

  async function lookOnce(): Promise<void> {
    await Promise.all(components.map(async ({ probe, history }) => history.saw(await lookAt(probe, clock))));
  }
  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => (looking = undefined));
    return looking;
  }
  async function readVersion() {
    if (clock.now() < brokerVersion.untilMs) return;
    const text = await inTime(clock, version);
    brokerVersion = { text, untilMs: clock.now() + versionMs };
  }
  async function scrape() {
    await inTime(clock, metrics).then(
      (text) => series.take(text),
      (error: unknown) => log.debug('the broker’s metrics cannot be read', { error }),
    );
    await readVersion().catch((error: unknown) => log.debug('the broker’s version cannot be read', { error }));
  }
  /** At the beginning of each step: two looks in one would leave the next without any. */
  function every(ms: number, name: keyof typeof cancels, work: () => Promise<void>) {
    if (!isClosed) cancels[name] = clock.setTimer(() => void work().finally(() => every(ms, name, work)), ms - (clock.now() % ms));
  }

  return {
    start() {
      every(probeEveryMs, 'look', look);
      every(stepMs, 'scrape', scrape);
    },
    async show(): Promise<SystemHealth> {
      if (components.some(({ history }) => history.show() === undefined)) await Promise.all([look(), readVersion().catch(() => undefined)]);
      const shown = components.flatMap(({ history }) => history.show() ?? []);
      return {
        overall: overallOf(shown),
        components: shown,
        ...series.show(),
        brokerVersion: brokerVersion.text,
        asOf: new Date(clock.now()).toISOString(),
      };
    },
    defaultPak: () => series.defaultPak(),
    close() {
      isClosed = true;
      for (const cancel of Object.values(cancels)) cancel();
    },
  };
}
export type Sampler = ReturnType<typeof createSampler>;

async function lookAt(probe: Probe, clock: Clock): Promise<Look> {
  const begunMs = clock.now();
  try {
    return { ...(await inTime(clock, probe)), latencyMs: clock.now() - begunMs };
  } catch (error) {
    return { status: 'failed', message: saidBy(error), latencyMs: clock.now() - begunMs };
  }
}
/** In words: what a code says to a program it does not say to a person. */
function saidBy(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.title;
  return error instanceof Error ? error.message : 'failed';
}
/** @throws Error when it takes too long; it is then told to stop */
async function inTime<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const tooLate = Promise.withResolvers<never>();
  const cancel = clock.setTimer(() => {
    late.abort();
    tooLate.reject(new Error(`no answer within ${probeMs} ms`));
  }, probeMs);
  try {
    return await Promise.race([work(late.signal), tooLate.promise]);
  } finally {
    cancel();
  }
}
