import { ProblemError } from '#contract/problem.ts';
import { SendFailure } from '#contract/ports.ts';
import type { Clock, Log, Random, SendAnswer } from '#contract/ports.ts';
import type { Operation } from './operations.ts';

/** Calls of one class fail together: a broker that chokes on whole lists still answers small reads. */
export type BreakerClass = 'reads' | 'changes' | 'lists';
export interface Breaker {
  /** Lets one call go out. @returns told how it ended @throws `broker_unreachable` at once while open */
  enter(): (end: SendAnswer | SendFailure) => void;
}
export type Breakers = Record<BreakerClass, Breaker>;

interface BreakerOptions {
  clock: Clock;
  random: Random;
  /** Asks whether the broker is there again; throws when it is not. */
  probe: () => Promise<void>;
  changed: (state: 'open' | 'closed') => void;
}
const windowS = 10;
const leastCalls = 20;
const mostConnectErrors = 5;
/**
 * From the first question to the next ones. The longest wait, its jitter and the probe's own 2 s stay below the 15 s within
 * which a broker that is back must be used again.
 */
const waitsMs = [1_000, 2_000, 4_000, 8_000, 10_500];
const jitter = 0.2;

interface Second {
  at: number;
  calls: number;
  failures: number;
  connectErrors: number;
}
type State = { kind: 'closed' } | { kind: 'open'; probeAtMs: number } | { kind: 'trial' };

/**
 * Closed, it counts; open, it refuses and asks the broker's own probe, nobody's request, whether it is there; on trial, the
 * first call that ends decides. A 4xx is an answer: it never counts against the broker.
 */
export function createBreaker({ clock, random, probe, changed }: BreakerOptions): Breaker {
  let state: State = { kind: 'closed' };
  let seconds: Second[] = [];
  /** How often it opened since a call last succeeded. */
  let tries = 0;

  function count(failed: boolean, unconnected: boolean): boolean {
    const at = Math.floor(clock.now() / 1_000);
    seconds = seconds.filter((second) => at - second.at < windowS);
    let last = seconds.at(-1);
    if (last?.at !== at) seconds.push((last = { at, calls: 0, failures: 0, connectErrors: 0 }));
    last.calls += 1;
    if (failed) last.failures += 1;
    if (unconnected) last.connectErrors += 1;
    const sum = (of: keyof Second) => seconds.reduce((total, second) => total + second[of], 0);
    return sum('connectErrors') >= mostConnectErrors || (sum('calls') >= leastCalls && 2 * sum('failures') >= sum('calls'));
  }
  function open() {
    const [byte = 0] = random.bytes(1);
    const waitMs = (waitsMs[Math.min(tries, waitsMs.length - 1)] ?? 0) * (1 + (byte / 255) * jitter);
    tries += 1;
    seconds = [];
    state = { kind: 'open', probeAtMs: clock.now() + waitMs };
    clock.setTimer(() => void probe().then(() => (state = { kind: 'trial' }), open), waitMs);
  }

  return {
    enter() {
      if (state.kind === 'open') {
        const retryAfterS = Math.max(1, Math.ceil((state.probeAtMs - clock.now()) / 1_000));
        throw new ProblemError('broker_unreachable', 'The broker has failed too often just now; it is being left alone for a moment', {
          retry_after_s: retryAfterS,
        });
      }
      return (end) => {
        const failed = isFailure(end);
        if (failed === undefined || state.kind === 'open') return;
        const isTooMuch = state.kind === 'trial' ? failed : count(failed, end instanceof SendFailure && end.kind === 'connect');
        if (isTooMuch) {
          if (tries === 0) changed('open');
          open();
        } else if (!failed && tries > 0) {
          tries = 0;
          state = { kind: 'closed' };
          changed('closed');
        }
      };
    },
  };
}

/** Undefined: it says nothing about the broker, because the caller went away or the answer was merely too large. */
function isFailure(end: SendAnswer | SendFailure): boolean | undefined {
  if (!(end instanceof SendFailure)) return end.status >= 500;
  return end.kind === 'aborted' || end.kind === 'too_large' ? undefined : true;
}

/** One for each class of the operation table, over one broker. */
export function createBreakers({ log, ...options }: Omit<BreakerOptions, 'changed'> & { log: Log }): Breakers {
  const breakerOf = (name: BreakerClass) =>
    createBreaker({
      ...options,
      changed: (state) => log.warn(state === 'open' ? 'the broker is left alone' : 'the broker is used again', { class: name }),
    });
  return { reads: breakerOf('reads'), changes: breakerOf('changes'), lists: breakerOf('lists') };
}
export function breakerClass({ class: kind }: Operation): BreakerClass {
  if (kind === 'change') return 'changes';
  return kind === 'snapshot' ? 'lists' : 'reads';
}
