import { ProblemError, type Problem } from '#contract/problem.ts';

/** Every failure as a problem document; what is not a `ProblemError` is ours, and its cause stays in the log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return new ProblemError('internal', 'Something went wrong inside the console').problem;
}
/** A problem that was stored becomes the error again that it was. */
export function fromProblem({ code, title, type: _type, status: _status, ...extras }: Problem): ProblemError {
  return new ProblemError(code, title, extras);
}
