import { expect, test } from 'vitest';
import type { WireAgentEvent } from '#bff/broker/wire.ts';
import { createRevisionAnswers } from './revision-answers.ts';

const event = (agent: string, at: string, status = 'SUCCESS', revision = 'r'): WireAgentEvent => ({
  id: `${agent}${at}`,
  agent_id: agent,
  created_at: at,
  deployment_object_id: revision,
  event_type: 'DEPLOY',
  status,
  message: null,
});
const breathe = async () => undefined;

test('of the events about a revision each agent’s newest counts, also where fractions are cut short', async () => {
  const answers = createRevisionAnswers();
  await answers.replace(
    [
      event('a', '2026-03-02T09:12:03.1182Z'),
      event('a', '2026-03-02T09:12:03Z'),
      event('a', '2026-03-02T09:12:04Z', 'SUCCESS', 'other'),
      event('b', '2026-03-02T09:12:03.9Z'),
      event('b', '2026-03-02T09:12:03.11Z'),
    ],
    breathe,
  );
  expect([...answers.of('r')].map(([agent, { at }]) => [agent, at])).toEqual([
    ['a', '2026-03-02T09:12:03.1182Z'],
    ['b', '2026-03-02T09:12:03.9Z'],
  ]);
});
test('what an agent’s own read showed outlives a list that is older', async () => {
  const answers = createRevisionAnswers();
  answers.add([event('a', '2026-03-02T09:12:05Z', 'FAILURE')]);
  await answers.replace([event('a', '2026-03-02T09:12:03Z'), event('b', '2026-03-02T09:12:04Z')], breathe);
  expect(answers.of('r').get('a')?.status).toBe('FAILURE');
  await answers.replace([event('b', '2026-03-02T09:12:06Z')], breathe);
  expect([...answers.of('r').keys()]).toEqual(['b']);
});
