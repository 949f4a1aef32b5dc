import { ProblemError } from '#contract/problem.ts';
import { problemWords } from './words/en/problems.ts';
import { ui } from './words/en/ui.ts';
import { exactTime, serverNow } from './time.ts';

/** A failed call, ready to be shown: in words, with everything a ticket needs. */
export interface Failure {
  title: string;
  detail: string;
  code: string;
  /** The broker's own status and code, where it said something. */
  upstream: string | undefined;
  requestId: string | undefined;
  /** Exact, with zone. */
  at: string;
  /** Doing the same again cannot do harm. */
  retrySafe: boolean;
  /** All of it as plain text, for the clipboard. */
  report: string;
}

const neverAgain = new Set<string>(['outcome_unknown', 'audit_outcome_unrecorded', 'secret_not_repeated', 'idempotency_key_reused']);

/** A failure is put into words at every render; it happened when it was first. */
const happened = new WeakMap<object, string>();
function timeOf(error: unknown): string {
  const now = exactTime(serverNow());
  if (typeof error !== 'object' || error === null) return now;
  const at = happened.get(error) ?? now;
  happened.set(error, at);
  return at;
}

/** Words for any thrown value; a `ProblemError` by its code, the rest as a fault of the page. */
export function explain(error: unknown, what?: string): Failure {
  const at = timeOf(error);
  if (!(error instanceof ProblemError)) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return finish({
      title: what ?? problemWords.pageFault.title,
      detail: problemWords.pageFault.detail,
      code: 'page_fault',
      upstream: message,
      requestId: undefined,
      at,
      retrySafe: true,
    });
  }
  const { problem } = error;
  const words = problemWords.byCode(problem);
  const { upstream } = problem;
  return finish({
    title: what ?? words.title,
    detail: what === undefined ? words.detail : `${words.title}. ${words.detail}`,
    code: problem.code,
    upstream: upstream && [upstream.status, upstream.code, upstream.constraint].filter((part) => part !== undefined).join(' '),
    requestId: problem.request_id,
    at,
    retrySafe: !neverAgain.has(problem.code),
  });
}

function finish(failure: Omit<Failure, 'report'>): Failure {
  const lines = [
    failure.title,
    failure.detail,
    `${ui.code} ${failure.code}`,
    failure.upstream && `${ui.broker} ${failure.upstream}`,
    failure.requestId && `${ui.request} ${failure.requestId}`,
    `${ui.at} ${failure.at}`,
    `${ui.page} ${location.pathname}${location.search}`,
  ];
  return { ...failure, report: lines.filter(Boolean).join('\n') };
}
