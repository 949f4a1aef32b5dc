import type { AuditEnd, AuditIntent, AuditStore, Begun, IdempotencyClaim, StoredAnswer } from '#bff/audit/store.ts';
import { ProblemError } from '#contract/problem.ts';
import { keyReused } from './changes.ts';
import type { Observation } from './route.ts';
import { fromProblem, toProblem } from './to-problem.ts';

export interface ChangeStart {
  intent: AuditIntent;
  claim?: IdempotencyClaim | undefined;
  /** The answer carries a new key: it is never stored. */
  secret: boolean;
}

/**
 * Runs a change between its two audit rows: no first row, no change (503); no answer before the second.
 * A repeat under the same idempotency key gets what the first one got.
 */
export async function audited<T>(store: AuditStore, start: ChangeStart, observed: () => Observation, change: () => Promise<T>): Promise<T> {
  const begun = await store.begin(start.intent, start.claim);
  if (begun.kind !== 'begun') return replay(begun) as T; // the claim's hash names the endpoint: it is the same answer type
  const ended = await change().then(
    (value) => ({ value }),
    (error: unknown) => ({ failure: known(error, observed()) }),
  );
  const { resource, before, after, type, person, upstreamStatus } = observed();
  const failure = 'failure' in ended ? ended.failure : undefined;
  await store.end(
    begun.seq,
    {
      outcome: failure ? outcomeOf(failure) : 'success',
      code: failure?.code ?? null,
      status: failure?.problem.status ?? 200,
      ...(type && { type }),
      ...(resource && { resource }),
      ...(person && { person }),
      ...(upstreamStatus !== undefined && { upstreamStatus }),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      answer: failure
        ? { kind: 'problem', problem: failure.problem }
        : answerOf('value' in ended ? ended.value : null, start.secret, resource?.id ?? ''),
    },
    start.intent,
  );
  if (failure) throw failure;
  return (ended as { value: T }).value;
}

const answerOf = (body: unknown, secret: boolean, objectId: string): StoredAnswer =>
  secret ? { kind: 'secret', objectId } : { kind: 'value', status: 200, body };

/**
 * What failed for a reason we did not foresee may well have happened, and what the broker took has: whatever failed after
 * that (the re-read, the answer), it is told as `outcome_unknown`, never as a refusal.
 */
function known(error: unknown, { upstreamStatus = 0 }: Observation): ProblemError {
  const isTaken = upstreamStatus >= 200 && upstreamStatus < 300;
  if (error instanceof ProblemError && error.code !== 'internal' && !isTaken) return error;
  return new ProblemError('outcome_unknown', 'It is not known whether this change happened', {}, { cause: error });
}
/** How a failed change is recorded. Whatever else went wrong with the broker befell a read before the change, which then never began. */
export function outcomeOf(error: unknown): AuditEnd['outcome'] {
  const { code, status, outcome } = toProblem(error);
  if (code === 'outcome_unknown' || outcome === 'unknown' || status === 500) return 'unknown';
  return status === 403 ? 'denied' : 'failure';
}

function replay(begun: Exclude<Begun, { kind: 'begun' }>): unknown {
  if (begun.kind === 'reused') throw keyReused();
  // Under way, yet not in this process: whoever ran it is gone, and what became of it is not known.
  if (begun.kind === 'running') throw new ProblemError('outcome_unknown', 'It is not known whether this change happened');
  if (begun.answer.kind === 'secret') {
    throw new ProblemError('secret_not_repeated', 'The key was shown once and cannot be shown again', { object_id: begun.answer.objectId });
  }
  if (begun.answer.kind === 'problem') throw fromProblem(begun.answer.problem);
  return begun.answer.body;
}
