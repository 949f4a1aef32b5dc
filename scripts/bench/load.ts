import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';

export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}
export interface Load {
  origin: string;
  headers?: Record<string, string>;
  /** Path of the n-th request. */
  path: (n: number) => string;
  /** JSON to post; without one it is a GET. */
  body?: string;
  connections: number;
  seconds: number;
}

export function shares(latencies: readonly number[]): Omit<LoadResult, 'perSecond'> {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** A steady trickle: one request every `everyMs`, whether or not the one before was answered. @throws at any answer but 200 */
export async function trickle({
  origin,
  headers,
  path,
  seconds,
  everyMs,
}: Omit<Load, 'connections' | 'body'> & { everyMs: number }): Promise<void> {
  const asked: Promise<void>[] = [];
  for (let n = 0; n < (seconds * 1000) / everyMs; n += 1) {
    const ask = async () => {
      const response = await fetch(origin + path(n), headers === undefined ? {} : { headers });
      if (!response.ok) throw new Error(`${path(n)} answered ${response.status}`);
      await response.arrayBuffer();
    };
    asked.push(ask());
    await setTimeout(everyMs);
  }
  await Promise.all(asked);
}

/** As many requests as the other side answers, each connection asking again as soon as it was answered. @throws at any answer but 200 */
export async function load({ origin, headers = {}, path, body: posted, connections, seconds }: Load): Promise<LoadResult> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let sent = 0;
  const ask = async (): Promise<number> => {
    const startedAt = performance.now();
    const target = path((sent += 1));
    const { statusCode, body } = await pool.request(
      posted === undefined
        ? { method: 'GET', path: target, headers }
        : { method: 'POST', path: target, headers: { ...headers, 'content-type': 'application/json' }, body: posted },
    );
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${target} answered ${statusCode}: ${text.slice(0, 200)}`);
    return performance.now() - startedAt;
  };
  for (let warmUp = 0; warmUp < connections * 4; warmUp += 1) await ask();
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const one = async () => {
    while (performance.now() < until) latencies.push(await ask());
  };
  await Promise.all(Array.from({ length: connections }, one));
  const elapsed = (performance.now() - startedAt) / 1000;
  await pool.close();
  return { perSecond: latencies.length / elapsed, ...shares(latencies) };
}
