import * as z from 'zod/mini';
import { ProblemError } from '#contract/problem.ts';
import type { FieldError, ProblemCode, ProblemExtras, Upstream } from '#contract/problem.ts';
import type { SendAnswer, SendFailure } from '#contract/ports.ts';
import type { Operation } from './operations.ts';

/** The broker's own refusal (CONTRACT 2.9). Its message is not read: it is prose, and not for people. */
const Refusal = z.object({
  code: z.string().check(z.regex(/^[a-z][a-z0-9_]{0,63}$/)),
  details: z.optional(z.object({ constraint: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_]{0,79}$/))) })),
});

/** Which field of a form a refusal is about, by constraint or else by code. */
const fields: Record<string, Omit<FieldError, 'code'>> = {
  unique_agent_cluster: { path: 'name', message: 'An agent of this name is already in this cluster.' },
  agent_labels_agent_id_label_key: { path: 'label', message: 'The agent already carries this label.' },
  agent_annotations_agent_id_key_key: { path: 'key', message: 'The agent already has an annotation under this key.' },
  unique_agent_stack: { path: 'stackId', message: 'The stack is already a target of this agent.' },
  already_registered: { path: 'generatorId', message: 'The agent is already registered with this generator.' },
  agent_not_registered: { path: 'stackId', message: "The agent is not registered with this stack's generator." },
  stack_not_found: { path: 'stackId', message: 'The broker knows no such stack.' },
  agent_target_not_found: { path: 'stackId', message: 'The stack is not a target of this agent.' },
  generator_not_found: { path: 'generatorId', message: 'The broker knows no such generator.' },
  invalid_generator_id: { path: 'generatorIds', message: 'The broker does not know one of these generators.' },
  agent_label_not_found: { path: 'label', message: 'The agent does not carry this label.' },
  agent_annotation_not_found: { path: 'key', message: 'The agent has no annotation under this key.' },
};

/** What a call that got no whole answer means: certainly nothing, or nobody knows. */
export function failureProblem(operation: Operation, failure: SendFailure): ProblemError {
  const cause = { cause: failure };
  if (!failure.sent) return new ProblemError('broker_unreachable', 'The broker cannot be reached', {}, cause);
  if (failure.kind === 'too_large' || failure.kind === 'truncated') return invalidAnswer(operation, {}, failure);
  if (operation.class === 'change') {
    return new ProblemError('outcome_unknown', 'The broker did not say whether this was done', { outcome: 'unknown' }, cause);
  }
  if (failure.kind === 'timeout') return new ProblemError('broker_timeout', 'The broker did not answer in time', {}, cause);
  return new ProblemError('broker_unreachable', 'The broker cannot be reached', {}, cause);
}

/** An answer no broker gives: whatever it was, it is not passed on. After a change the change may have happened. */
export function invalidAnswer(operation: Operation, extras: ProblemExtras = {}, cause?: unknown): ProblemError {
  const outcome = operation.class === 'change' ? ({ outcome: 'unknown' } as const) : {};
  return new ProblemError(
    'broker_answer_invalid',
    'The broker gave an answer that cannot be used',
    { ...extras, ...outcome },
    cause === undefined ? {} : { cause },
  );
}

/** Turns any status but the expected one (and 401, which is about the key) into a problem. */
export function refusalProblem(operation: Operation, answer: SendAnswer): ProblemError {
  const { status } = answer;
  const refusal = parseRefusal(answer);
  const upstream: Upstream = { status, ...refusal };
  // A proxy that has lost its broker; whether it had passed a change on nobody knows.
  if (status >= 500 && refusal === undefined && operation.class !== 'change') {
    return new ProblemError('broker_unreachable', 'The broker cannot be reached', { upstream });
  }
  if (status < 400 || status >= 500) return invalidAnswer(operation, { upstream });
  if (refusal !== undefined) return refused(upstream, refusal);
  // Without the JSON body only the framework's refusals of a request and the key's own limits are the broker's words.
  const isText = mediaType(answer) === 'text/plain' && [400, 413, 415, 422].includes(status);
  const isReadOnlyKey = status === 403 && answer.bytes.length === 0;
  return isText || isReadOnlyKey ? refused(upstream, {}) : invalidAnswer(operation, { upstream });
}

function refused(upstream: Upstream, { code = '', constraint = '' }: { code?: string; constraint?: string }): ProblemError {
  const problemCode = problemCodeOf(upstream.status, code, constraint);
  const field = fields[constraint] ?? fields[code];
  const errors = field === undefined ? {} : { errors: [{ ...field, code: fieldCode(problemCode, code) }] };
  return new ProblemError(problemCode, titles[problemCode], { upstream, ...errors });
}
const titles = {
  not_found: 'The broker knows no such object',
  conflict: 'This clashes with what the broker holds',
  broker_refused: 'The broker refused this',
} as const;

function problemCodeOf(status: number, code: string, constraint: string): keyof typeof titles & ProblemCode {
  if (status === 404) return 'not_found';
  // A row that the change refers to is gone, or never was.
  if (code === 'foreign_key_violation' && constraint !== '') return 'not_found';
  if (status === 409 || code === 'agent_not_registered') return 'conflict';
  return 'broker_refused';
}
function fieldCode(problemCode: keyof typeof titles, code: string): string {
  if (problemCode === 'conflict') return code === 'agent_not_registered' ? 'not_registered' : 'taken';
  return problemCode === 'not_found' ? 'unknown' : 'refused';
}

function parseRefusal(answer: SendAnswer): { code: string; constraint?: string } | undefined {
  if (mediaType(answer) !== 'application/json') return undefined;
  const parsed = Refusal.safeParse(parseJson(answer.bytes));
  if (!parsed.success) return undefined;
  const constraint = parsed.data.details?.constraint;
  return { code: parsed.data.code, ...(constraint === undefined ? {} : { constraint }) };
}
export function mediaType(answer: SendAnswer): string {
  return (answer.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
/** @returns undefined for what is no JSON or no UTF-8 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
