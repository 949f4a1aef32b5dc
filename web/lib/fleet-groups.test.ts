import { expect, test } from 'vitest';
import { agentTally, groupFilter, groupingOf, labelKeys } from './fleet-groups.ts';

test('a tally goes from the worst mark to the best, and names the states that share one', () => {
  expect(agentTally({ active: 5, failing: 1, apply_failed: 2, stale: 1, inactive: 0 })).toEqual([
    { kind: 'bad', count: 3, words: '1 failing, 2 apply failed' },
    { kind: 'stale', count: 1, words: '1 stale' },
    { kind: 'ok', count: 5, words: '5 active' },
  ]);
});

test('only clusters and label keys group', () => {
  expect(['cluster', 'label:region', 'label:', 'label:a:b', 'state', undefined].map(groupingOf)).toEqual([
    'cluster',
    'label:region',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('keys come from labels that have a value, the most used first', () => {
  expect(
    labelKeys([
      { value: 'zone:a', count: 2 },
      { value: 'tier=gold', count: 9 },
      { value: 'zone:b', count: 3 },
      { value: 'edge', count: 50 },
      { value: ':x', count: 50 },
    ]),
  ).toEqual(['tier', 'zone']);
});

test('a group is asked for by its cluster, by both spellings of its label, or by the absence of all of them', () => {
  expect(groupFilter('cluster', 'eu,1', [])).toBe('cluster:eu%2C1');
  expect(groupFilter('label:region', 'eu', ['eu', ''])).toBe('label:region%3Aeu,region%3Deu');
  expect(groupFilter('label:region', '', ['eu', ''])).toBe('label:!region%3Aeu,region%3Deu');
});

test('what cannot be asked for is not asked for in part', () => {
  expect(
    groupFilter(
      'label:region',
      '',
      Array.from({ length: 40 }, (_, at) => `value-${at}`),
    ),
  ).toBeUndefined();
  expect(groupFilter('label:region', '', [''])).toBeUndefined();
});
