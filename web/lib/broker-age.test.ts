import { expect, test } from 'vitest';
import { anAgent } from '#web/testing/builders.ts';
import { brokerAge } from './broker-age.ts';

test('an age is told on the clock of the broker, however wrong ours is', () => {
  const agent = anAgent({ lastHeartbeat: '2030-01-01T00:00:10.000Z', heartbeatAgeMs: 4000 });
  expect(brokerAge(agent, '2030-01-01T00:00:00.000Z')).toBe(14_000);
});

test('without a heartbeat there is no common moment, so there is no age', () => {
  expect(brokerAge(anAgent({ lastHeartbeat: null, heartbeatAgeMs: null }), '2030-01-01T00:00:00.000Z')).toBeNull();
  expect(brokerAge(anAgent(), null)).toBeNull();
});

test('what is newer than the answer is no negative age', () => {
  expect(brokerAge(anAgent({ lastHeartbeat: '2030-01-01T00:00:10.000Z', heartbeatAgeMs: 0 }), '2030-01-01T00:00:11.000Z')).toBe(0);
});
