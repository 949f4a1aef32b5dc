import { createSimulator, type SimulatorOptions } from '../simulator.ts';
import { manualClock } from './manual-clock.ts';

export const adminPak = `brokkr_BRtest0000_${'x'.repeat(32)}`;
const decoder = new TextDecoder();
/** A simulator on a clock that stands still, empty unless told otherwise. */
export const stage = (options: Partial<SimulatorOptions> = {}) => {
  const clock = manualClock();
  const simulator = createSimulator({ seed: 1, clock, scenario: 'empty', adminPak, ...options });
  const get = async (path: string) => {
    const answer = await simulator.send({ method: 'GET', path: `/api/v1${path}`, headers: { authorization: adminPak } });
    return {
      status: answer.status,
      text: decoder.decode(answer.bytes),
      rows: () => JSON.parse(decoder.decode(answer.bytes)) as Record<string, unknown>[],
    };
  };
  return { clock, simulator, get };
};
