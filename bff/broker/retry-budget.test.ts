import { expect, test } from 'vitest';
import { createRetryBudget } from './retry-budget.ts';

test.each([100, 1_000])('of %i failing calls at most a tenth is repeated', (calls) => {
  const budget = createRetryBudget();
  let repeats = 0;
  for (let call = 0; call < calls; call += 1) {
    budget.earn();
    if (budget.spend()) repeats += 1;
  }
  expect(repeats).toBeGreaterThan(0);
  expect(repeats / calls).toBeLessThanOrEqual(0.1);
});

test('a long quiet stretch does not save up a storm', () => {
  const budget = createRetryBudget();
  for (let call = 0; call < 100_000; call += 1) budget.earn();
  let repeats = 0;
  while (budget.spend()) repeats += 1;
  expect(repeats).toBe(10);
});
