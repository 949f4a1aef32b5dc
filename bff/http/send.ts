import { SendFailure, type Send, type SendAnswer, type SendRequest } from '#contract/ports.ts';
import { errors, Pool, type Dispatcher } from 'undici';

const limits = {
  connections: 64,
  connectMs: 1_000,
  headersMs: 5_000,
  idleMs: 10_000,
  totalMs: 15_000,
  answerBytes: 10 * 1024 * 1024,
} as const;
/** All that the broker may learn from us: nothing a client sent travels on by itself. */
const requestHeaders = new Set(['accept', 'authorization', 'content-type', 'x-request-id']);

export interface BrokerLine {
  send: Send;
  close(): Promise<void>;
}

/** One pool of connections to one broker. No retries and no redirects: what comes back is what the broker said. */
export function openLine(origin: string): BrokerLine {
  const pool = new Pool(origin, {
    connections: limits.connections,
    pipelining: 1,
    headersTimeout: 0, // per call, below
    bodyTimeout: limits.idleMs,
    connect: { timeout: limits.connectMs },
  });
  return { send: (request) => new Promise((resolve, reject) => exchange(pool, request, resolve, reject)), close: () => pool.destroy() };
}

function exchange(pool: Pool, request: SendRequest, resolve: (answer: SendAnswer) => void, reject: (failure: SendFailure) => void): void {
  const { method, path, body, signal, maxBytes = limits.answerBytes, totalMs = limits.totalMs } = request;
  let controller: Dispatcher.DispatchController | undefined;
  /** From here on the broker may have read something. */
  let sent = false;
  let failure: SendFailure | undefined;
  let status = 0;
  let headers: Record<string, string> = {};
  /** Told its length, an answer is put together as it comes: joining 50 MB at its end would hold everybody up for 100 ms. */
  let whole: Buffer | undefined;
  const chunks: Buffer[] = [];
  let size = 0;

  const fail = (kind: SendFailure['kind'], cause?: unknown): void => {
    if (failure) return;
    failure = new SendFailure(kind, sent, { cause });
    settle();
    reject(failure);
    controller?.abort(failure);
  };
  const onAbort = () => fail('aborted');
  const timer = setTimeout(() => fail('timeout'), totalMs);
  const settle = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  if (signal?.aborted) return onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });

  pool.dispatch(
    {
      method,
      path,
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => requestHeaders.has(name))),
      body: body ?? null,
      // A whole list is read before its first byte is written: it may think for as long as it may take.
      headersTimeout: Math.max(limits.headersMs, totalMs > limits.totalMs ? totalMs : 0),
    },
    {
      onRequestStart(started) {
        controller = started;
        if (failure) started.abort(failure); // given up while it waited for a connection
        else sent = true;
      },
      onResponseStart(_controller, code, received) {
        status = code;
        headers = Object.fromEntries(Object.entries(received).map(([name, value]) => [name.toLowerCase(), String(value)]));
        const promised = Number(headers['content-length'] ?? 0);
        if (promised > maxBytes) fail('too_large');
        else if (promised > 0) whole = Buffer.allocUnsafeSlow(promised);
      },
      onResponseData(_controller, chunk) {
        const at = size;
        size += chunk.length;
        if (size > maxBytes) fail('too_large');
        else if (whole) whole.set(chunk, at);
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (failure) return;
        settle();
        resolve({ status, headers, bytes: whole?.length === size ? whole : Buffer.concat(whole ? [whole] : chunks, size) });
      },
      onResponseError(_controller, error) {
        fail(kindOf(error, sent, status !== 0), error);
      },
    },
  );
}

function kindOf(error: Error, sent: boolean, begun: boolean): SendFailure['kind'] {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'timeout';
  if (!sent) return 'connect';
  return begun ? 'truncated' : 'reset';
}
