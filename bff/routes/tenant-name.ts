import type { Context } from '#bff/pipeline/route.ts';
import { ProblemError } from '#contract/problem.ts';

interface Refusal {
  /** The field that names the generator. */
  path: string;
  title: string;
  /** Why not the broker's own. */
  system: string;
}
/**
 * The name of a generator that a person chose. The broker itself takes one that is deleted, or its own.
 * @throws `invalid_request` naming the field
 */
export async function tenantName(generatorId: string, context: Context, { path, title, system }: Refusal): Promise<string> {
  const { generators } = context.world.lists;
  const [known] = await generators.rows([generatorId]);
  if (known) return known.name;
  // Not in the shared list: created since it was read, unknown, or the broker's own, which no list shows.
  const single = await generators.single(generatorId, context).catch((error: unknown) => {
    if (error instanceof ProblemError && error.code === 'not_found') return undefined;
    throw error;
  });
  if (single !== undefined && !single.isSystem) return single.name;
  throw new ProblemError('invalid_request', title, {
    errors: [{ path, code: single ? 'system_generator' : 'unknown', message: single ? system : 'The broker knows no such generator.' }],
  });
}
