import type * as z from 'zod/mini';
import { ProblemError } from '#contract/problem.ts';

/** After a 412: the object as it is now, where the answer carried it in the shape of the endpoint. */
export function currentOf<A extends z.ZodMiniType>(error: unknown, answer: A): z.infer<A> | undefined {
  if (!(error instanceof ProblemError) || error.code !== 'changed_meanwhile') return undefined;
  const parsed = answer.safeParse(error.problem.current);
  return parsed.success ? parsed.data : undefined;
}
