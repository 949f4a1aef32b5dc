// Preloaded into the BFF by the benchmark: tells, when asked, how long its event loop was held up since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

export interface LoopDelay {
  maxMs: number;
  p99Ms: number;
}
if (isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  process.on('message', () => {
    process.send?.({ maxMs: histogram.max / 1e6, p99Ms: histogram.percentile(99) / 1e6 } satisfies LoopDelay);
    histogram.reset();
  });
  process.channel?.unref();
}
