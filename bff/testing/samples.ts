import type * as z from 'zod/mini';

/** Texts of which every text schema of the contract takes at least one. */
const texts = [
  '0d9e1c53-4f0e-4f3a-8f5d-1d2f3a4b5c6d',
  'ACTIVE',
  'viewer',
  'agent/create',
  '"abc"',
  'a'.repeat(43),
  '7',
  '2026-11-24T12:00:00Z',
  'Correct horse 5',
  'auth.logout',
  'success',
];

interface Definition {
  type: string;
  shape?: Record<string, z.ZodMiniType>;
  element?: z.ZodMiniType;
  innerType?: z.ZodMiniType;
  keyType?: z.ZodMiniType;
  valueType?: z.ZodMiniType;
}
/** A value that the schema takes; every optional member is there. @throws when none of the known texts fits */
export function sampleOf(schema: z.ZodMiniType): unknown {
  const { type, shape, element, innerType, keyType, valueType } = schema._zod.def as Definition;
  if (shape) return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, sampleOf(member)]));
  if (type === 'optional' && innerType) return sampleOf(innerType);
  if (type === 'record' && keyType && valueType) return { [String(sampleOf(keyType))]: sampleOf(valueType) };
  const candidates: unknown[] = [...(element ? [[sampleOf(element)]] : []), ...texts, ...texts.map((text) => [text])];
  const fitting = candidates.find((candidate) => schema.safeParse(candidate).success);
  if (fitting === undefined) throw new Error(`no sample for a schema of type ${type}`);
  return fitting;
}
