import { SendFailure } from '#contract/ports.ts';
import type { BrokerOptions, CallScope } from './broker-http.ts';
import { operations } from './operations.ts';
import { failureProblem, invalidAnswer } from './refusal.ts';

/**
 * Asks whether the broker is there, without a key. `GET /health` would be the console page with 200 even when it is broken
 * (CONTRACT 1.2), so it is `/readyz` and its one word. @throws ProblemError
 */
export async function brokerReady({ send }: Pick<BrokerOptions, 'send'>, { requestId, signal }: CallScope): Promise<void> {
  const operation = operations.ready;
  const { method, path, maxBytes, totalMs } = operation;
  try {
    const answer = await send({ method, path, headers: { 'x-request-id': requestId }, signal, maxBytes, totalMs });
    const isReady = answer.status === operation.expects && new TextDecoder().decode(answer.bytes).trim() === 'Ready';
    if (!isReady) throw invalidAnswer(operation, { upstream: { status: answer.status } });
  } catch (error) {
    throw error instanceof SendFailure ? failureProblem(operation, error) : error;
  }
}
