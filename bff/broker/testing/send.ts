import { SendFailure } from '#contract/ports.ts';
import type { Clock, Send, SendAnswer, SendRequest } from '#contract/ports.ts';
import { ConnectionLost } from '#simulator/faults.ts';
import type { Simulator } from '#simulator/simulator.ts';

/** A simulated broker behind the port of a real one: its failures are those that a socket would have. */
export function simulatorSend(simulator: Simulator, clock: Clock): Send {
  return async (request) => {
    const late = new AbortController();
    const cancel = clock.setTimer(() => late.abort(), request.totalMs ?? 15_000);
    try {
      return await simulator.send({ ...request, signal: AbortSignal.any([late.signal, ...(request.signal ? [request.signal] : [])]) });
    } catch (error) {
      if (late.signal.aborted) throw new SendFailure('timeout', true);
      if (request.signal?.aborted) throw new SendFailure('aborted', true);
      if (error instanceof ConnectionLost) throw new SendFailure('reset', true);
      throw error;
    } finally {
      cancel();
    }
  };
}

export const jsonAnswer = (body: unknown, status = 200): SendAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  bytes: new TextEncoder().encode(JSON.stringify(body)),
});
export const textAnswer = (text: string, status = 200, type = 'text/plain; charset=utf-8'): SendAnswer => ({
  status,
  headers: { 'content-type': type },
  bytes: new TextEncoder().encode(text),
});

/** An upstream that answers what it is told, and remembers what it was asked. */
export function fakeUpstream(answer: (request: SendRequest) => SendAnswer | Promise<SendAnswer>) {
  const asked: SendRequest[] = [];
  const send: Send = async (request) => {
    asked.push(request);
    return answer(request);
  };
  return { send, asked };
}
