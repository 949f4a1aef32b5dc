import { SendFailure, type Clock, type Digest, type Log, type Random, type Send } from '#contract/ports.ts';
import type { Simulator } from '#simulator/simulator.ts';

/** The ports of `bff/contract/ports.ts` as a browser has them. */
export const browserClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, ms) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
export const browserRandom: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
export const browserDigest: Digest = {
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))),
};

/** What a server would put into its log is for the browser's console, and there only what went wrong. */
export const browserLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message, fields) => console.warn(message, fields),
  error: (message, fields) => console.error(message, fields),
  child: () => browserLog,
};

/** The way to a broker that lives in the same page. */
export const sendTo =
  (simulator: Simulator): Send =>
  async ({ method, path, headers, body, signal, totalMs, maxBytes }) => {
    const late = totalMs === undefined ? undefined : AbortSignal.timeout(totalMs);
    const either = AbortSignal.any([signal, late].filter((one) => one !== undefined));
    try {
      const answer = await simulator.send({ method, path, headers, body, signal: either });
      if (maxBytes !== undefined && answer.bytes.length > maxBytes) throw new SendFailure('too_large', true);
      return answer;
    } catch (error) {
      if (error instanceof SendFailure) throw error;
      throw new SendFailure(late?.aborted ? 'timeout' : signal?.aborted ? 'aborted' : 'reset', true, { cause: error });
    }
  };
