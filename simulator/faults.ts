import type { Chance } from './chance.ts';
import type { Clock, SimulatorAnswer, SimulatorRequest } from './ports.ts';

/** Trouble between the broker and whoever asks it. */
export interface Fault {
  /** An operation as in the contract, `GET /api/v1/agents/{id}`; left out, all of them. */
  match?: string | ((request: SimulatorRequest, operation: string | undefined) => boolean);
  /** The share of matching requests it strikes; left out, all of them. */
  share?: number;
  /** Strikes this often, then never again. */
  times?: number;
  delayMs?: number | { from: number; to: number };
  /** What then happens; left out, the broker answers. */
  outcome?:
    | 'hang' // never answers
    | 'reset' // the connection breaks before an answer
    | 'reset_after' // the change happens, its answer is lost
    | 'truncate' // half the body, then the connection breaks
    | 'html' // a proxy's error page
    | { status: number };
}
export class ConnectionLost extends Error {
  constructor() {
    super('the connection was lost');
  }
}
export interface Faults {
  /** Replaces whatever was set before. */
  set(...faults: readonly Fault[]): void;
  clear(): void;
}

const encoder = new TextEncoder();
const page = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n';

function failed(status: number): SimulatorAnswer {
  if (status === 401 || status === 403) return { status, headers: { 'content-length': '0' }, bytes: new Uint8Array() };
  const bytes = encoder.encode(JSON.stringify({ code: 'internal_error', message: 'simulated failure' }));
  return { status, headers: { 'content-type': 'application/json', 'content-length': String(bytes.length) }, bytes };
}

export function faults(clock: Clock, source: Chance) {
  let active: { fault: Fault; left: number }[] = [];
  const strikes = ({ match, share }: Fault, request: SimulatorRequest, operation: string | undefined) => {
    const isMeant = typeof match === 'function' ? match(request, operation) : match === undefined || match === operation;
    return isMeant && (share === undefined || source.float() < share);
  };
  const wait = (ms: number, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const cancel = Number.isFinite(ms) ? clock.setTimer(resolve, ms) : () => undefined;
      const abort = () => {
        cancel();
        reject(signal?.reason instanceof Error ? signal.reason : new ConnectionLost());
      };
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  const delay = (ms: Fault['delayMs'] = 0) => (typeof ms === 'number' ? ms : ms.from + source.int(ms.to - ms.from));

  /** Lets an answer pass, late, spoiled or not at all. @throws ConnectionLost */
  async function around(request: SimulatorRequest, operation: string | undefined, answer: () => SimulatorAnswer): Promise<SimulatorAnswer> {
    const struck = active.find((one) => one.left > 0 && strikes(one.fault, request, operation));
    if (!struck) return answer();
    struck.left -= 1;
    const { delayMs, outcome } = struck.fault;
    if (delayMs !== undefined) await wait(delay(delayMs), request.signal);
    if (outcome === 'hang') await wait(Number.POSITIVE_INFINITY, request.signal);
    if (outcome === 'reset') throw new ConnectionLost();
    if (outcome === 'html')
      return { status: 502, headers: { 'content-type': 'text/html', 'content-length': String(page.length) }, bytes: encoder.encode(page) };
    if (typeof outcome === 'object') return failed(outcome.status);
    const whole = answer();
    if (outcome === 'reset_after') throw new ConnectionLost();
    return outcome === 'truncate' ? { ...whole, bytes: whole.bytes.subarray(0, whole.bytes.length >> 1) } : whole;
  }
  return {
    set: (...wanted: readonly Fault[]) => {
      active = wanted.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
    },
    clear: () => {
      active = [];
    },
    around,
  };
}
