import { expect, test } from 'vitest';
import { arraySlices, memberSlices } from './array-slices.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const whole = (bytes: Uint8Array) => [...arraySlices(bytes)].flat();

test('a large array comes in pieces and is the same array', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => ({ id: n, name: `agent ${n} ${'é'.repeat(20)}`, last: null }));
  const bytes = bytesOf(JSON.stringify(rows));
  expect([...arraySlices(bytes)].length).toBeGreaterThan(1);
  expect(whole(bytes)).toEqual(rows);
});
test('no text inside a row is taken for the end of it', () => {
  const nasty = ['},{"id":1', '}],[{', '"},{"', '\\"},{\\"', '},{\\', '\\\\"},{"x'];
  const rows = Array.from({ length: 20_000 }, (_, n) => ({ id: n, message: nasty[n % nasty.length], more: 'x'.repeat(30) }));
  expect(whole(bytesOf(JSON.stringify(rows)))).toEqual(rows);
});
test('an array laid out over many lines is taken in one piece', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => ({ id: n, name: 'x'.repeat(30) }));
  expect(whole(bytesOf(JSON.stringify(rows, null, 1)))).toEqual(rows);
});
test.each(['[{"id":1}', '{"id":1}]', '[{"id":1},]', ''])('%j is refused', (text) => {
  expect(() => whole(bytesOf(text))).toThrow(SyntaxError);
});
test('a large array that is cut off is refused', () => {
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, n) => ({ id: n, name: 'x'.repeat(30) })));
  expect(() => whole(bytesOf(text.slice(0, -1)))).toThrow(SyntaxError);
  expect(() => whole(bytesOf(text.slice(0, 800_000)))).toThrow(SyntaxError);
  expect(() => whole(bytesOf(`${text}]`))).toThrow(SyntaxError);
});
test('bytes that are not UTF-8 are refused', () => {
  expect(() => whole(new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]))).toThrow(TypeError);
});

test.each([
  ['alone', { id: 'r', status: 'ok' }, true],
  ['after another array', { beside: [1], id: 'r' }, false],
])('an array within an object is the same array %s', (_where, around, isInPieces) => {
  const records = Array.from({ length: 20_000 }, (_, n) => ({ id: n, summary: '{"a":[{"b":1},{"b":"]"}]}' }));
  const slices = [...memberSlices(bytesOf(JSON.stringify({ ...around, records, status: 'ok' })), 'records')];
  expect(slices.length > 1).toBe(isInPieces);
  expect(slices.flat()).toEqual(records);
});
test.each(['{"records":[]', '{"records":[],}', '"records'])('%j is refused as an object with an array', (text) => {
  expect(() => [...memberSlices(bytesOf(text), 'records')]).toThrow(SyntaxError);
});
test.each(['{"other":[]}', 'null', '[1]'])('%j has no such array', (text) => {
  expect([...memberSlices(bytesOf(text), 'records')]).toEqual([undefined]);
});
