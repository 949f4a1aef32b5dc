import { idempotencyHeader, type Endpoint } from '#contract/endpoint.ts';
import { ProblemError, type FieldError } from '#contract/problem.ts';
import * as z from 'zod/mini';
import { needsIdempotencyKey } from './mode.ts';
import type { RawRequest } from './route.ts';

/** A request whose every part went through its schema; absent parts are empty. */
export interface ParsedRequest {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  body: unknown;
}
const parts = ['params', 'query', 'headers', 'body'] as const;
/** What an endpoint does not name is not sent; only headers are everybody's. */
const undeclared = { params: z.strictObject({}), query: z.strictObject({}), headers: z.object({}), body: z.undefined() };

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * @throws `plan_not_supported`, `idempotency_key_missing`, `precondition_required`, or `invalid_request` naming every
 * field that is wrong
 */
export function parseRequest(endpoint: Endpoint, raw: RawRequest): ParsedRequest {
  const { request, bodyLimit } = endpoint;
  if (raw.headers['if-plan'] !== undefined) throw new ProblemError('plan_not_supported', 'Plans are not supported yet');
  if (needsIdempotencyKey(endpoint) && !uuidForm.test(raw.headers[idempotencyHeader] ?? '')) {
    throw new ProblemError('idempotency_key_missing', 'A change needs an Idempotency-Key that is a UUID');
  }
  const errors = structureFaults(raw.body, bodyLimit);
  if (errors.length > 0) throw invalid(errors); // before any schema walks it
  const parsed: Record<string, unknown> = {};
  for (const part of parts) {
    const result = (request[part] ?? undeclared[part]).safeParse(raw[part]);
    if (result.success) parsed[part] = result.data;
    else for (const issue of result.error.issues) errors.push(...fieldErrors(issue, part));
  }
  if (errors.length === 0) return parsed as unknown as ParsedRequest; // every part has passed its schema
  if (errors.some(({ path }) => path === 'if-match') && raw.headers['if-match'] === undefined) {
    throw new ProblemError('precondition_required', 'Say which version this change was made on (If-Match)');
  }
  throw invalid(errors);
}
const invalid = (errors: readonly FieldError[]) =>
  new ProblemError('invalid_request', 'The request does not have the expected form', { errors: errors.slice(0, 50) });

function fieldErrors(issue: z.core.$ZodIssue, part: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.').slice(0, 200),
      code: 'unknown_field',
      message: 'is not a field of this request',
    }));
  }
  return [{ path: issue.path.join('.').slice(0, 200) || part, code: issue.code, message: messageOf(issue) }];
}
/** The page has its own words by code; these are for whoever reads the answer itself. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'is missing' : `is not of type ${issue.expected}`;
  if (issue.code === 'invalid_format') return 'does not have the expected form';
  return issue.message;
}

const limits = { depth: 32, items: 1_000, text: 256 * 1024, largeText: 2_097_152 } as const;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
/** What no schema says: how deep, how many, how long, and names that could reach a prototype. One fault is enough. */
function structureFaults(body: unknown, bodyLimit = 0): FieldError[] {
  const maxText = bodyLimit > 1024 * 1024 ? limits.largeText : limits.text;
  const visit = (value: unknown, path: string, depth: number): FieldError[] => {
    if (typeof value === 'string') return tooLong(value, maxText) ? fault(path, 'too_big', `at most ${maxText} bytes`) : [];
    if (typeof value !== 'object' || value === null) return [];
    if (depth >= limits.depth) return fault(path, 'too_deep', `at most ${limits.depth} levels`);
    const entries = Object.entries(value);
    if (entries.length > limits.items) return fault(path, 'too_big', `at most ${limits.items} members`);
    for (const [key, member] of entries) {
      const at = path ? `${path}.${key}` : key;
      const faults = forbidden.has(key) ? fault(at, 'unknown_field', 'is not a field of this request') : visit(member, at, depth + 1);
      if (faults.length > 0) return faults;
    }
    return [];
  };
  return visit(body, '', 0);
}
const fault = (path: string, code: string, message: string): FieldError[] => [{ path: path.slice(0, 200) || 'body', code, message }];
/** Counts UTF-8 bytes, but only when the characters leave it open. */
const tooLong = (text: string, maxBytes: number) =>
  text.length > maxBytes || (text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes);
