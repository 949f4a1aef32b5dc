import { ProblemError } from '#contract/problem.ts';
import { explain, type Failure } from './failure.ts';

/**
 * What a form still has to say about a failed write, beside its fields: nothing while the fields say all of it, or while the
 * sign-in over the page does.
 * @param fields names of the fields that show their own refusals
 */
export function unsaid(error: unknown, what: string, fields: readonly string[] = []): Failure | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof ProblemError) {
    const refused = error.problem.errors ?? [];
    if (error.code === 'sign_in_required') return undefined;
    if (refused.length > 0 && refused.every(({ path }) => fields.some((field) => path === field || path.startsWith(`${field}.`))))
      return undefined;
  }
  return explain(error, what);
}
/** The refusal beside one field: of itself, or of one of its values. */
export function refusalOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.errors?.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message;
}
