import * as z from 'zod/mini';

/** Every way a call can fail, told apart by one word; `docs/errors.md` has a heading for each. Status is fixed per code. */
export const problemStatus = {
  invalid_request: 400,
  malformed_json: 400,
  bad_target: 400,
  idempotency_key_missing: 400,
  plan_not_supported: 400,
  sign_in_required: 401,
  sign_in_failed: 401,
  role_required: 403,
  csrf_refused: 403,
  key_kind_refused: 403,
  key_cannot_read: 403,
  explore_unavailable: 403,
  not_found: 404,
  link_spent: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_key_reused: 409,
  secret_not_repeated: 409,
  configuration_faulty: 409,
  changed_meanwhile: 412,
  body_too_large: 413,
  url_too_long: 414,
  unsupported_media_type: 415,
  misdirected: 421,
  broker_refused: 422,
  precondition_required: 428,
  rate_limited: 429,
  headers_too_large: 431,
  internal: 500,
  audit_outcome_unrecorded: 500,
  broker_answer_invalid: 502,
  broker_unreachable: 503,
  service_credential_refused: 503,
  store_unavailable: 503,
  audit_unavailable: 503,
  shutting_down: 503,
  overloaded: 503,
  broker_timeout: 504,
  outcome_unknown: 504,
  /** Said by the page itself: no answer came from the console. Never sent over the wire. */
  console_unreachable: 503,
} as const;
export type ProblemCode = keyof typeof problemStatus;

export const FieldError = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type FieldError = z.infer<typeof FieldError>;

/** What the broker itself said, as far as it may be shown (requirement 6.8). */
export const Upstream = z.object({
  status: z.int(),
  code: z.optional(z.string()),
  constraint: z.optional(z.string()),
  /** The broker's own words and what it adds to them, masked and at most 2 KiB together: only for codes that an operator must read. */
  message: z.optional(z.string()),
  details: z.optional(z.unknown()),
});
export type Upstream = z.infer<typeof Upstream>;

/** RFC 9457 problem document; `type` is `/docs/errors#<code>`, member names as PRODUCT and SECURITY spell them. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
  detail: z.optional(z.string()),
  request_id: z.optional(z.string()),
  upstream: z.optional(Upstream),
  errors: z.optional(z.array(FieldError)),
  retry_after_s: z.optional(z.number()),
  /** 412 only: the object as it is now, in the shape of the endpoint's own answer. */
  current: z.optional(z.unknown()),
  /** 409 `secret_not_repeated` only: the object whose key was shown the first time. */
  object_id: z.optional(z.string()),
  /** The change may have happened all the same: read again, never send again. */
  outcome: z.optional(z.literal('unknown')),
  /** Role that would be allowed, with 403 `role_required`. */
  needs: z.optional(z.string()),
});
export type Problem = z.infer<typeof Problem>;

export type ProblemExtras = Partial<Omit<Problem, 'type' | 'title' | 'status' | 'code'>>;

/** The one error class of both sides; told apart by `problem.code`. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(code: ProblemCode, title: string, extras: ProblemExtras = {}, options?: ErrorOptions) {
    super(`${code}: ${title}`, options);
    this.name = 'ProblemError';
    this.problem = { type: `/docs/errors#${code}`, title, status: problemStatus[code], code, ...extras };
  }
  get code(): ProblemCode {
    return this.problem.code;
  }
  /** The message that belongs beside one form field, if this refusal names it. */
  field(path: string): string | undefined {
    return this.problem.errors?.find((error) => error.path === path)?.message;
  }
}
