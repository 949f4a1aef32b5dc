import { expect, test } from 'vitest';
import { maskAnswer, maskPaks } from './pak.ts';

const pak = 'brokkr_BRtester_8CqmRvXx4Hn2bTfYw7KdPs9LgZaEjU3tQ';

test('a key is masked wherever it stands in a text, however often', () => {
  expect(maskPaks(`token=${pak}; again ${pak}.`)).toEqual({ text: 'token=[masked key]; again [masked key].', found: 2 });
});
test('a key under a prefix of one’s own is masked with its prefix', () => {
  expect(maskPaks(pak.replace('brokkr', 'my-console'))).toEqual({ text: '[masked key]', found: 1 });
});
test.each([
  'brokkr_agent_id',
  'a_12345678_short',
  'sha256_abcdefgh_0000000000000000000000000000000000',
  '7f3c1d52-0b7e-4c39-9a41-2d5f6e8b1a01',
])('%s is no key', (text) => {
  expect(maskPaks(text)).toEqual({ text, found: 0 });
});
test('a long plain word costs its length, not its square', () => {
  const started = performance.now();
  maskPaks(`${'a'.repeat(2_000_000)}_${'b_'.repeat(100_000)}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('in free text a key is masked and counted, nested ones too', () => {
  const answer = { id: 'x', message: `failed with ${pak}`, details: { note: [pak], [pak]: 1 } };
  expect(maskAnswer(answer, undefined)).toEqual({
    answer: { id: 'x', message: 'failed with [masked key]', details: { note: ['[masked key]'], '[masked key]': 1 } },
    found: 3,
  });
});
test('where the broker itself writes, a key makes the answer unusable', () => {
  expect(maskAnswer({ action: pak }, undefined)).toBeUndefined();
});
test('only the member that issues a key may carry one', () => {
  expect(maskAnswer({ agent: { name: 'a' }, initial_pak: pak }, 'initial_pak')).toEqual({
    answer: { agent: { name: 'a' }, initial_pak: pak },
    found: 0,
  });
  expect(maskAnswer({ agent: { name: 'a' }, initial_pak: pak }, undefined)).toBeUndefined();
});
