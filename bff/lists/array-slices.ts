const [comma, openBrace, closeBrace, quote, openBracket, closeBracket] = [0x2c, 0x7b, 0x7d, 0x22, 0x5b, 0x5d];
/** Behind a closing quote only these may follow; anything else means that the quote opened a member's name. */
const afterString = new Set([comma, closeBrace, closeBracket, 0x3a, 0x20, 0x09, 0x0a, 0x0d]);
const sliceBytes = 512 * 1024;

/**
 * Parses a large JSON array of flat objects piece by piece: nothing else runs while 50 MB are parsed at once. It is cut at
 * `},{"` before a member's name, which cannot stand inside a string (its quote would end the string there).
 * @throws SyntaxError, TypeError where the bytes are not UTF-8
 */
export function* arraySlices(bytes: Uint8Array): Iterable<unknown> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  if (bytes.length <= sliceBytes || bytes[0] !== openBracket) {
    yield JSON.parse(decoder.decode(bytes));
    return;
  }
  let from = 1;
  for (;;) {
    const cut = nextCut(bytes, from + sliceBytes);
    if (cut === undefined) break;
    yield JSON.parse(`[${decoder.decode(bytes.subarray(from, cut))}]`);
    from = cut + 1;
  }
  yield JSON.parse(`[${decoder.decode(bytes.subarray(from))}`);
}

/** The same for an array that is a member of the one object an answer is: `{"id":"…","records":[…],"status":"…"}`. */
export function* memberSlices(bytes: Uint8Array, member: string): Iterable<unknown> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const [from, to] = [bytes.indexOf(openBracket), bytes.lastIndexOf(closeBracket) + 1];
  const around =
    bytes.length <= sliceBytes || from === -1 ? '' : `${decoder.decode(bytes.subarray(0, from))}[]${decoder.decode(bytes.subarray(to))}`;
  // Without its items the rest is small; where another array stands beside this one all is parsed at once.
  if (around !== '' && around.length <= sliceBytes && isEmptyList(memberOf(JSON.parse(around), member))) {
    yield* arraySlices(bytes.subarray(from, to));
  } else yield memberOf(JSON.parse(decoder.decode(bytes)), member);
}
const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[member] : undefined;
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

/** The position of the comma between two objects, at or after `from`. */
function nextCut(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(closeBrace, from); at !== -1; at = bytes.indexOf(closeBrace, at + 1)) {
    const isCut =
      bytes[at + 1] === comma && bytes[at + 2] === openBrace && bytes[at + 3] === quote && !afterString.has(bytes[at + 4] ?? comma);
    if (isCut) return at + 1;
  }
  return undefined;
}
