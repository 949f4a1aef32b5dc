import { expect, test } from 'vitest';
import { nameFault, tagFault } from './field-limits.ts';

test('a tag is measured in bytes, as the broker does', () => {
  expect(tagFault('a'.repeat(64))).toBeUndefined();
  expect(tagFault('ü'.repeat(32))).toBeUndefined();
  expect(tagFault('ü'.repeat(33))).toEqual({ kind: 'too_long', bytes: 66, limit: 64 });
  expect(tagFault('🔥'.repeat(17))).toEqual({ kind: 'too_long', bytes: 68, limit: 64 });
});

test('a tag with a space, a line break or nothing in it says which', () => {
  expect(tagFault('')).toEqual({ kind: 'empty' });
  expect(tagFault('env prod')).toEqual({ kind: 'space' });
  expect(tagFault('env\u00a0prod')).toEqual({ kind: 'space' });
  expect(tagFault('env\tprod')).toEqual({ kind: 'control' });
});

test('a name may hold spaces inside, but is not made of them', () => {
  expect(nameFault('edge runner')).toBeUndefined();
  expect(nameFault('   ')).toEqual({ kind: 'empty' });
  expect(nameFault('ü'.repeat(128))).toEqual({ kind: 'too_long', bytes: 256, limit: 255 });
  expect(nameFault('edge\u0007')).toEqual({ kind: 'control' });
});
