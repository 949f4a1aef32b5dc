import type * as z from 'zod/mini';
import { utf8 } from '#contract/bytes.ts';
import { ProblemError } from '#contract/problem.ts';
import { SendFailure } from '#contract/ports.ts';
import type { Clock, Credential, Log, Random, Send, SendAnswer } from '#contract/ports.ts';
import { operations } from './operations.ts';
import type { Operation, OperationName, ParamsOf } from './operations.ts';
import { maskAnswer } from './pak.ts';
import { buildPath } from './path.ts';
import { failureProblem, invalidAnswer, mediaType, parseJson, refusalProblem } from './refusal.ts';
import type { RetryBudget } from './retry-budget.ts';

/** For whom a call is made: its id travels upstream, its signal ends a read nobody waits for any more. */
export interface CallScope {
  requestId: string;
  signal?: AbortSignal | undefined;
  /** Is told what a change was answered, whatever came of it. */
  answered?: ((status: number) => void) | undefined;
}
export interface BrokerOptions {
  send: Send;
  clock: Clock;
  random: Random;
  log: Log;
  budget: RetryBudget;
  /** PAK-shaped text was found where it does not belong. */
  onMasked(found: number, operation: string): void;
  /** The broker answered 401 to this credential. */
  onRefused(credential: Credential): void;
}
/** Bytes of a whole list and the console's time when they had arrived. */
export interface Arrived {
  bytes: Uint8Array;
  arrivedMs: number;
}
interface Details {
  query?: Record<string, string | undefined>;
  body?: unknown;
}

/** Calls of one credential, by the closed table. */
export function createBrokerHttp(credential: Credential, options: BrokerOptions) {
  const { clock, log } = options;

  async function attempt(
    name: OperationName,
    operation: Operation,
    path: string,
    body: Uint8Array | undefined,
    scope: CallScope,
  ): Promise<SendAnswer> {
    const startedMs = clock.now();
    // A change that was begun is waited for even when its caller has gone: its outcome row needs the answer.
    const signal = operation.class === 'change' ? undefined : scope.signal;
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${credential.pak}`,
      'x-request-id': scope.requestId,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const facts = { operation: name, request_id: scope.requestId, credential: credential.id };
    try {
      const { method, maxBytes, totalMs } = operation;
      const answer = await options.send({ method, path, headers, body, signal, maxBytes, totalMs });
      log.debug('broker answered', { ...facts, status: answer.status, ms: clock.now() - startedMs, bytes: answer.bytes.length });
      return answer;
    } catch (error) {
      const kind = error instanceof SendFailure ? error.kind : 'unexpected';
      if (kind !== 'aborted') log.warn('broker call failed', { ...facts, kind, ms: clock.now() - startedMs });
      throw error;
    }
  }

  /** One repeat of a read whose answer was lost or that a passing failure refused, a moment later and within the budget. */
  async function carry(
    name: OperationName,
    operation: Operation,
    path: string,
    body: Uint8Array | undefined,
    scope: CallScope,
  ): Promise<SendAnswer> {
    options.budget.earn();
    const first = await attempt(name, operation, path, body, scope).catch(asFailure);
    const isRead = operation.class === 'read' || operation.class === 'snapshot';
    if (isRead && isPassing(first) && !scope.signal?.aborted && options.budget.spend()) {
      await pause(options);
      return settled(operation, await attempt(name, operation, path, body, scope).catch(asFailure));
    }
    return settled(operation, first);
  }

  /** @throws ProblemError for every answer but the expected one */
  async function call<Name extends OperationName>(
    name: Name,
    params: ParamsOf<Name>,
    scope: CallScope,
    { query, body }: Details,
  ): Promise<Arrived & { answer: SendAnswer }> {
    const operation: Operation = operations[name];
    const path = buildPath(operation.path, params, query);
    const bytes = body === undefined ? undefined : utf8(JSON.stringify(body));
    const answer = await carry(name, operation, path, bytes, scope);
    if (operation.class === 'change') scope.answered?.(answer.status);
    if (answer.status === 401) throw keyRefused();
    if (answer.status !== operation.expects) throw refusalProblem(operation, answer);
    return { bytes: answer.bytes, arrivedMs: clock.now(), answer };
  }

  function keyRefused(): ProblemError {
    options.onRefused(credential);
    if (credential.id === 'service')
      return new ProblemError('service_credential_refused', "The broker refuses the console's own key", { upstream: { status: 401 } });
    return new ProblemError('sign_in_required', 'The broker no longer accepts the key of this session', { upstream: { status: 401 } });
  }

  return {
    /** A parsed answer: unknown members dropped, PAK-shaped text masked. */
    async json<Name extends OperationName, S extends z.ZodMiniType>(
      name: Name,
      params: ParamsOf<Name>,
      schema: S,
      scope: CallScope,
      details: Details = {},
    ): Promise<z.output<S>> {
      const operation: Operation = operations[name];
      const { answer } = await call(name, params, scope, details);
      if (mediaType(answer) !== 'application/json') throw invalidAnswer(operation, { upstream: { status: answer.status } });
      const parsed = schema.safeParse(parseJson(answer.bytes));
      if (!parsed.success) throw invalidAnswer(operation, { upstream: { status: answer.status } }, parsed.error);
      const masked = maskAnswer(parsed.data, operation.issues);
      if (masked === undefined || masked.found > 0) options.onMasked(masked?.found ?? 1, name);
      if (masked === undefined) throw invalidAnswer(operation, { upstream: { status: answer.status } });
      return masked.answer;
    },
    /** An answer without a body. */
    async done<Name extends OperationName>(name: Name, params: ParamsOf<Name>, scope: CallScope, details: Details = {}): Promise<void> {
      await call(name, params, scope, details);
    },
    /** The bytes of a whole list, to be parsed where they block nobody. */
    async bytes<Name extends OperationName>(name: Name, params: ParamsOf<Name>, scope: CallScope): Promise<Arrived> {
      const { answer, bytes, arrivedMs } = await call(name, params, scope, {});
      if (mediaType(answer) !== 'application/json') throw invalidAnswer(operations[name], { upstream: { status: answer.status } });
      return { bytes, arrivedMs };
    },
  };
}
export type BrokerHttp = ReturnType<typeof createBrokerHttp>;

function asFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  throw error;
}
function settled(operation: Operation, result: SendAnswer | SendFailure): SendAnswer {
  if (result instanceof SendFailure) throw failureProblem(operation, result);
  return result;
}
/** A time-out is not repeated: whoever waited 15 s does not wait another 15. */
function isPassing(result: SendAnswer | SendFailure): boolean {
  if (result instanceof SendFailure) return result.kind === 'connect' || result.kind === 'reset';
  return result.status >= 500;
}
/** 50–250 ms, so that callers hit by the same failure do not come back together. */
function pause({ clock, random }: Pick<BrokerOptions, 'clock' | 'random'>): Promise<void> {
  const [byte = 0] = random.bytes(1);
  return new Promise((resolve) => {
    clock.setTimer(resolve, 50 + Math.round((byte / 255) * 200));
  });
}
