import { expect, test } from 'vitest';
import { labelsThatFit } from './fitting-labels.tsx';

test('labels fit whole, and room for "+n" is kept while some are left over', () => {
  const labels = ['region:eu-central', 'zone:b', 'tier:gold'];
  expect(labelsThatFit(labels, 400)).toBe(3);
  expect(labelsThatFit(labels, 224)).toBe(2);
  expect(labelsThatFit(labels, 200)).toBe(1);
  expect(labelsThatFit(labels, 20)).toBe(1);
  expect(labelsThatFit([], 20)).toBe(0);
});
