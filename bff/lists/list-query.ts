import { parseFilter } from '#contract/list.ts';
import type { Filter, ListQuery } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';

/** A list query whose names are known to the table that answers it. */
export interface TableQuery {
  offset: number;
  limit: number;
  sort: { column: string; isDescending: boolean };
  /** Lower case; null searches nothing. */
  text: string | null;
  filters: Filter[];
  /** Whose rows alone are shown; everybody's without it. */
  tenant?: string | undefined;
}
/** What a list sorts and filters by; the first sort is its default. */
export interface ListNames {
  sorts: readonly [string, ...string[]];
  filters: readonly string[];
}

/** @throws `invalid_request` naming `sort` or `filter` */
export function tableQuery({ offset, limit, sort, q, filter, tenant }: ListQuery, names: ListNames): TableQuery {
  const isDescending = sort?.startsWith('-') ?? false;
  const column = sort === undefined ? names.sorts[0] : sort.slice(isDescending ? 1 : 0);
  if (!names.sorts.includes(column)) throw unknownName('sort', names.sorts);
  const filters = filter.map((text) => {
    const parsed = parseFilter(text);
    if (parsed === undefined || !names.filters.includes(parsed.field)) throw unknownName('filter', names.filters);
    return parsed;
  });
  const text = q?.trim().toLowerCase() ?? '';
  return { offset, limit, sort: { column, isDescending }, text: text === '' ? null : text, filters, tenant };
}

function unknownName(path: 'sort' | 'filter', known: readonly string[]): ProblemError {
  return new ProblemError('invalid_request', `This list has no such ${path}`, {
    errors: [{ path, code: 'unknown_name', message: `Known here: ${known.join(', ')}.` }],
  });
}
