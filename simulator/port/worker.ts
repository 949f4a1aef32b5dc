import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ScenarioName } from '#simulator/scenarios.ts';

export interface SimulatorWorkerOptions {
  adminPak: string;
  seed: number | string;
  scenario?: ScenarioName;
  agents?: number;
}
export interface SimulatorWorker {
  /** `http://127.0.0.1:<port>`, a free one. */
  url: string;
  close(): Promise<void>;
}

/** Runs a simulated broker in a thread of its own. An error in it that nobody caught ends this process too. */
export async function startSimulatorWorker(options: SimulatorWorkerOptions): Promise<SimulatorWorker> {
  const worker = new Worker(new URL('./worker-main.ts', import.meta.url), { workerData: options });
  const [{ url }] = (await once(worker, 'message')) as [{ url: string }];
  return {
    url,
    async close() {
      await worker.terminate();
    },
  };
}
