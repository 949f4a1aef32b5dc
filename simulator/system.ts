import type { Metrics } from './metrics.ts';
import type { SimulatorAnswer, SimulatorRequest } from './ports.ts';
import { okJson, type Reply, text } from './replies.ts';
import { answer, preflight, splitTarget } from './transport.ts';

/** What a client reads of the published document: where the API is, and the version, which is told nowhere else. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Simulated broker', description: 'A made-up broker. Its operations are not listed here.', version: '0.9.1' },
  servers: [{ url: '/api/v1' }],
  paths: {},
};

/** What anybody may read without a credential, under one CORS layer. Undefined for any other path. */
export function publicPages(metrics: Metrics) {
  const pages = new Map<string, () => Reply>([
    ['/healthz', () => text(200, 'OK')],
    ['/readyz', () => text(200, 'Ready')],
    ['/metrics', () => ({ status: 200, type: 'text/plain; version=0.0.4', body: metrics.text() })],
    ['/docs/openapi.json', () => okJson(JSON.stringify(document))],
  ]);
  return {
    has: (path: string) => pages.has(path),
    answer({ method, path }: SimulatorRequest): SimulatorAnswer | undefined {
      const page = pages.get(splitTarget(path).path);
      if (!page) return undefined;
      if (method === 'OPTIONS') return preflight('GET,HEAD');
      if (method !== 'GET' && method !== 'HEAD') return answer({ status: 405, headers: { allow: 'GET,HEAD' } }, 1);
      const whole = answer(page(), 1);
      return method === 'HEAD' ? { ...whole, bytes: new Uint8Array() } : whole;
    },
  };
}
