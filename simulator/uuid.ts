const canonical = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;
const groupStarts = [0, 9, 14, 19, 24] as const;
const groupLengths = [8, 4, 4, 4, 12] as const;

/** Why the broker refuses a text as a UUID, in its words. */
function refusal(text: string): string {
  const isBraced = text.startsWith('{') && text.endsWith('}') && text.length > 1;
  const isUrn = text.startsWith('urn:uuid:');
  const inner = isBraced ? text.slice(1, -1) : isUrn ? text.slice(9) : text;
  const offset = isBraced ? 1 : isUrn ? 9 : 0;
  const strange = /[^0-9a-f-]/iu.exec(inner);
  if (strange) {
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${strange[0]}\` at ${String(strange.index + offset + 1)}`;
  }
  const groups = inner.split('-');
  if (groups.length === 1 && offset === 0) return `invalid length: expected length 32 for simple format, found ${String(text.length)}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${String(groups.length)}`;
  let position = 0;
  for (const [index, length] of groupLengths.entries()) {
    const group = groups[index] ?? '';
    position += group.length + 1;
    const isLast = index === 4;
    if (!isLast && position - 1 === (groupStarts[index + 1] ?? 0) - 1) continue;
    const found = isLast ? text.length - groupStarts[4] : position - 1 - (groupStarts[index] ?? 0);
    return `invalid group length in group ${String(index)}: expected ${String(length)}, found ${String(found)}`;
  }
  return 'invalid length';
}

/** Upper case, no hyphens, braces and `urn:uuid:` are taken too; the answer is the lower-case hyphenated form. */
export function parseUuid(text: string): { uuid: string } | { refusal: string } {
  const inner = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text.startsWith('urn:uuid:') ? text.slice(9) : text;
  const groups = canonical.exec(inner);
  const hyphens = inner.split('-').length - 1;
  if (!groups || (hyphens !== 0 && hyphens !== 4)) return { refusal: `UUID parsing failed: ${refusal(text)}` };
  return { uuid: groups.slice(1).join('-').toLowerCase() };
}
