import { answer } from './transport.ts';
import { text } from './replies.ts';
import type { SimulatorAnswer, SimulatorRequest } from './ports.ts';

const probes = new Map([
  ['/healthz', text(200, 'OK')],
  ['/readyz', text(200, 'Ready')],
]);

/** The two probes: no credential, one CORS layer. Undefined for any other path. */
export function probe({ method, path }: SimulatorRequest): SimulatorAnswer | undefined {
  const found = probes.get(path.split('?')[0] ?? '');
  if (!found) return undefined;
  if (method === 'OPTIONS') {
    return answer({ status: 200, headers: { 'access-control-allow-methods': '*', 'access-control-allow-headers': '*', allow: 'GET,HEAD' } }, 1);
  }
  if (method !== 'GET' && method !== 'HEAD') return answer({ status: 405, headers: { allow: 'GET,HEAD' } }, 1);
  const whole = answer(found, 1);
  return method === 'HEAD' ? { ...whole, bytes: new Uint8Array() } : whole;
}
