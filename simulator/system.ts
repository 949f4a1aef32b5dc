import type { SimulatorAnswer, SimulatorRequest } from './ports.ts';
import { text } from './replies.ts';
import { answer, preflight, splitTarget } from './transport.ts';

const probes = new Map([
  ['/healthz', text(200, 'OK')],
  ['/readyz', text(200, 'Ready')],
]);

/** The two probes: no credential, one CORS layer. Undefined for any other path. */
export function probe({ method, path }: SimulatorRequest): SimulatorAnswer | undefined {
  const found = probes.get(splitTarget(path).path);
  if (!found) return undefined;
  if (method === 'OPTIONS') return preflight('GET,HEAD');
  if (method !== 'GET' && method !== 'HEAD') return answer({ status: 405, headers: { allow: 'GET,HEAD' } }, 1);
  const whole = answer(found, 1);
  return method === 'HEAD' ? { ...whole, bytes: new Uint8Array() } : whole;
}
