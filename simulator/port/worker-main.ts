import { parentPort, workerData } from 'node:worker_threads';
import { createSimulator } from '#simulator/simulator.ts';
import { listen } from './listen.ts';
import { systemClock } from './system-clock.ts';
import type { SimulatorWorkerOptions } from './worker.ts';

const simulator = createSimulator({ ...(workerData as SimulatorWorkerOptions), clock: systemClock });
const { url } = await listen(simulator, { port: 0 });
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage({ url });
