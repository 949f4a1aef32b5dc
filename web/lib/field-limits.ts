import { objectName, tag } from '#contract/fields.ts';

/** Why a field would be refused; the contract decides whether, this only finds the word for it. */
export type FieldFault = { kind: 'empty' } | { kind: 'too_long'; bytes: number; limit: number } | { kind: 'space' } | { kind: 'control' };

const encoder = new TextEncoder();
/** The broker counts UTF-8 bytes: "ü" is two, most emoji are four. */
export const byteLength = (text: string): number => encoder.encode(text).length;

function fault(text: string, limit: number): FieldFault {
  if (text === '') return { kind: 'empty' };
  const bytes = byteLength(text);
  if (bytes > limit) return { kind: 'too_long', bytes, limit };
  return /[\u0000-\u001f\u007f]/.test(text) ? { kind: 'control' } : { kind: 'space' };
}

/** A label, or one part of an annotation. */
export const tagFault = (text: string): FieldFault | undefined => (tag.safeParse(text).success ? undefined : fault(text, 64));
/** The name of an agent or a cluster; spaces around it are not part of it. */
export const nameFault = (text: string): FieldFault | undefined =>
  objectName.safeParse(text).success ? undefined : fault(text.trim(), 255);
