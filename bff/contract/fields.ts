import * as z from 'zod/mini';

const bytes = new TextEncoder();
/** The broker counts UTF-8 bytes, not characters. */
const maxBytes = (limit: number) => z.refine<string>((value) => bytes.encode(value).length <= limit, { error: `at most ${limit} bytes` });
const noControl = z.regex(/^[^\u0000-\u001f\u007f]*$/u);
/** A lone surrogate is no character: it has no UTF-8, so the broker could not store it. */
export const wellFormed = z.refine<string>((value) => value.isWellFormed(), { error: 'no valid text' });
/** No text of the broker's holds a NUL: its database refuses it, and the broker then answers as if it had failed itself. */
export const noNul = z.refine<string>((value) => !value.includes('\u0000'), { error: 'no NUL' });
/** The broker takes such a name, but nobody could remove it again: no URL keeps `.` or `..` as a segment. */
const noDots = z.refine<string>((value) => value !== '.' && value !== '..', { error: 'not a dot segment' });

/** Ids of the broker: lower-case, hyphenated. */
export const uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));
/** The ids of the objects on one page, parted by commas. */
export const manyIds = z.pipe(
  z.string(),
  z.pipe(
    z.transform((text: string) => text.split(',')),
    z.array(uuid).check(z.minLength(1), z.maxLength(200)),
  ),
);
/** A number of a query, from `low` to `high`. */
export const wholeNumber = (low: number, high: number) =>
  z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.pipe(z.transform(Number), z.int().check(z.minimum(low), z.maximum(high))));
/** Names of agents, clusters, generators, stacks: the broker stores what it gets, so blank and over-long ones are stopped here (its answer would be a 500). */
export const objectName = z.string().check(z.trim(), z.minLength(1), maxBytes(255), noControl, wellFormed);
const tagText = [z.minLength(1), maxBytes(64), z.regex(/^[^\s\u0000-\u001f\u007f]+$/u), wellFormed] as const;
/** An agent's label or the key of its annotation: the broker's own rule, which it does not enforce for agents. */
export const tag = z.string().check(...tagText, noDots);
export const tagValue = z.string().check(...tagText);
/** A label or key to be taken away: the broker may hold some that it would not take today. */
export const storedTag = z.string().check(z.minLength(1), z.maxLength(255));
/** RFC 3339, as the broker sends it. */
export const timestamp = z.string();
