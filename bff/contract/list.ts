import * as z from 'zod/mini';
import { uuid, wholeNumber } from './fields.ts';

export const pageSizes = [25, 50, 100, 200] as const;

/** One value or several of the same name; always an array after parsing. */
const several = z.pipe(
  z.union([z.array(z.string()), z.string()]),
  z.pipe(
    z.transform((value: string | string[]) => (typeof value === 'string' ? [value] : value)),
    z.array(z.string().check(z.maxLength(600))).check(z.maxLength(20)),
  ),
);

/**
 * Query of every list: `?offset=0&limit=50&sort=-heartbeatAge&q=edge&filter=status:ACTIVE,INACTIVE&filter=cluster:!eu-1`.
 * Filters AND, commas OR, `!` negates, values are percent-encoded before joining, ties are broken by id.
 */
export const ListQuery = z.strictObject({
  offset: z._default(z.optional(wholeNumber(0, 1_000_000)), 0),
  limit: z._default(z.optional(wholeNumber(1, 200)), 50),
  sort: z.optional(z.string().check(z.regex(/^-?[a-zA-Z0-9]{1,40}$/))),
  q: z.optional(z.string().check(z.maxLength(200))),
  filter: z._default(z.optional(several), []),
  /** View of one tenant: a generator's id. Filters what the credential may see; it grants nothing. */
  tenant: z.optional(uuid),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** One parsed `filter=`: a field, its alternatives, and whether they are excluded. */
export interface Filter {
  field: string;
  values: string[];
  negated: boolean;
}
/** `status:ACTIVE,INACTIVE` → field and decoded values; undefined when it has no such form. */
export function parseFilter(text: string): Filter | undefined {
  const colon = text.indexOf(':');
  if (colon < 1) return undefined;
  const rest = text.slice(colon + 1);
  const negated = rest.startsWith('!');
  try {
    const values = (negated ? rest.slice(1) : rest).split(',').map(decodeURIComponent);
    return { field: text.slice(0, colon), values, negated };
  } catch {
    return undefined;
  }
}
export function formatFilter({ field, values, negated }: Filter): string {
  return `${field}:${negated ? '!' : ''}${values.map(encodeURIComponent).join(',')}`;
}

/** How much of a derived figure is known. */
export const Coverage = z.object({ known: z.int(), total: z.int(), oldestMs: z.nullable(z.int()) });
/** One page of any list. `asOf` is the server's time of the data, `ageMs` its age when it left the BFF. */
export const page = <Row extends z.ZodMiniType>(row: Row) =>
  z.object({
    rows: z.array(row),
    total: z.int(),
    /** Rows before filters, so that "38 of 1,204" can be said. */
    totalUnfiltered: z.int(),
    asOf: z.string(),
    ageMs: z.int(),
    /** Set while the source cannot be read: the rows are the last known ones. */
    stale: z.nullable(z.object({ sinceMs: z.int(), code: z.string() })),
    coverage: z.optional(Coverage),
    hiddenByScope: z.int(),
    /** Distinct values of the filterable fields with few values, for filter menus. */
    facets: z.record(z.string(), z.array(z.object({ value: z.string(), count: z.int() }))),
  });
export interface Page<Row> {
  rows: Row[];
  total: number;
  totalUnfiltered: number;
  asOf: string;
  ageMs: number;
  stale: { sinceMs: number; code: string } | null;
  coverage?: z.infer<typeof Coverage> | undefined;
  hiddenByScope: number;
  facets: Record<string, { value: string; count: number }[]>;
}
