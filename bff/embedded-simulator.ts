import { randomInt } from 'node:crypto';
import { startSimulatorWorker } from '#simulator/port/worker.ts';

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const letters = (count: number): string => Array.from({ length: count }, () => base58[randomInt(base58.length)]).join('');

/** A made-up broker inside this process, reached as any other would be, under a key that nobody else has. */
export async function startEmbeddedBroker(): Promise<{ url: string; pak: string; close(): Promise<void> }> {
  const pak = `brokkr_BR${letters(6)}_${letters(33)}`;
  const simulator = await startSimulatorWorker({ adminPak: pak, seed: 1 });
  return { url: simulator.url, pak, close: () => simulator.close() };
}
