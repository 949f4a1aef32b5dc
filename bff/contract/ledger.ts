import * as z from 'zod/mini';
import { AuditDetail, AuditOutcome, AuditRow, AuditType } from './audit.ts';
import { endpoint } from './endpoint.ts';
import { uuid, wholeNumber } from './fields.ts';

const seq = z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number));
/** Some of these, as several parameters of one name or parted by commas. */
const manyOf = <T extends z.ZodMiniType<string, string>>(item: T & { options: readonly string[] }) =>
  z.pipe(
    z.union([
      z.array(z.string()),
      z.pipe(
        z.string(),
        z.transform((text: string) => text.split(',')),
      ),
    ]),
    z.array(item).check(z.maxLength(item.options.length)),
  );

/** Newest first, keyset-paged by `before`: stable while rows are added. */
export const AuditQuery = z.strictObject({
  before: z.optional(seq),
  limit: z._default(z.optional(wholeNumber(1, 200)), 50),
  type: z.optional(manyOf(AuditType)),
  outcome: z.optional(manyOf(AuditOutcome)),
  person: z.optional(z.string().check(z.maxLength(300))),
  /** Object id, object name or request id, exact or as prefix. */
  q: z.optional(z.string().check(z.maxLength(200))),
  from: z.optional(z.iso.datetime({ offset: true })),
  to: z.optional(z.iso.datetime({ offset: true })),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditPage = z.object({
  rows: z.array(AuditRow),
  /** All rows of the ledger, and those the filters leave. */
  total: z.int(),
  matching: z.int(),
  /** `before` of the next, older page; null at the end. */
  next: z.nullable(z.int()),
  asOf: z.string(),
});
export type AuditPage = z.infer<typeof AuditPage>;

export const listAudit = endpoint('GET /api/audit', {
  policy: 'administer',
  audit: 'audit.queried',
  request: { query: AuditQuery },
  response: AuditPage,
});
export const readAudit = endpoint('GET /api/audit/:seq', {
  policy: 'administer',
  audit: 'none',
  request: { params: z.object({ seq }) },
  response: AuditDetail,
});

/** The broker's own best-effort record: lost on restart, up to 1 s late, its actor often wrong; never part of the console's chain. */
export const BrokerAuditRow = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  resourceKind: z.string(),
  resourceId: z.nullable(z.string()),
  details: z.nullable(z.unknown()),
});
export type BrokerAuditRow = z.infer<typeof BrokerAuditRow>;
export const listBrokerAudit = endpoint('GET /api/broker-audit', {
  policy: 'administer',
  audit: 'none',
  request: {
    query: z.strictObject({
      offset: z._default(z.optional(seq), 0),
      limit: z._default(z.optional(wholeNumber(1, 200)), 50),
      /** Exact action, or a prefix that ends with `*`. */
      action: z.optional(z.string().check(z.maxLength(60))),
      resourceId: z.optional(uuid),
    }),
  },
  response: z.object({ rows: z.array(BrokerAuditRow), total: z.int(), asOf: z.string() }),
});
