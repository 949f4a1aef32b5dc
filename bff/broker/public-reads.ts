import * as z from 'zod/mini';
import { SendFailure } from '#contract/ports.ts';
import type { Send, SendAnswer } from '#contract/ports.ts';
import type { CallScope } from './broker-http.ts';
import { operations } from './operations.ts';
import type { Operation } from './operations.ts';
import { failureProblem, invalidAnswer, mediaType, parseJson } from './refusal.ts';

/** What the broker tells everybody: asked without a key, and never twice. @throws ProblemError */
async function ask(operation: Operation, send: Send, { requestId, signal }: CallScope): Promise<SendAnswer> {
  const { method, path, maxBytes, totalMs, expects } = operation;
  try {
    const answer = await send({ method, path, headers: { 'x-request-id': requestId }, signal, maxBytes, totalMs });
    if (answer.status !== expects) throw invalidAnswer(operation, { upstream: { status: answer.status } });
    return answer;
  } catch (error) {
    throw error instanceof SendFailure ? failureProblem(operation, error) : error;
  }
}
const textOf = ({ bytes }: SendAnswer) => new TextDecoder().decode(bytes);

/**
 * Is the broker there? `GET /health` would be the console page with 200 even when it is broken (CONTRACT 1.2), so it is
 * `/readyz` and its one word. @throws ProblemError
 */
export async function brokerReady({ send }: { send: Send }, scope: CallScope): Promise<void> {
  const answer = await ask(operations.ready, send, scope);
  if (textOf(answer).trim() !== 'Ready') throw invalidAnswer(operations.ready, { upstream: { status: answer.status } });
}
/** The broker's own metrics in Prometheus' text format. @throws ProblemError */
export async function brokerMetrics({ send }: { send: Send }, scope: CallScope): Promise<string> {
  const answer = await ask(operations.readMetrics, send, scope);
  if (mediaType(answer) !== 'text/plain') throw invalidAnswer(operations.readMetrics, { upstream: { status: answer.status } });
  return textOf(answer);
}
const Description = z.object({ info: z.object({ version: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,39}$/)) }) });
/** The broker names its version nowhere else. @throws ProblemError */
export async function brokerVersion({ send }: { send: Send }, scope: CallScope): Promise<string> {
  const answer = await ask(operations.readDescription, send, scope);
  const parsed = Description.safeParse(parseJson(answer.bytes));
  if (!parsed.success) throw invalidAnswer(operations.readDescription, { upstream: { status: answer.status } }, parsed.error);
  return parsed.data.info.version;
}
