import { describe, expect, test } from 'vitest';
import { healthFreshMs } from '#contract/reach.ts';
import { reachStates } from '#contract/stacks.ts';
import { healthRecord } from './health-record.ts';
import { causeGroups, causeOf, clusterRows, normalCause } from './reach-matrix.ts';
import type { JudgedAgent } from './reach-matrix.ts';
import { reachSeverity, reachState, rollUp } from './reach-state.ts';
import type { ReachFacts } from './reach-state.ts';

/** Applied, heard of, and freshly healthy. */
const fine: ReachFacts = {
  heartbeatAgeMs: 5_000,
  rhythmMs: 10_000,
  answer: { status: 'SUCCESS' },
  health: { status: 'healthy', ageMs: 30_000 },
};

describe('the state of an agent for the current revision', () => {
  test.each<[string, Partial<ReachFacts>, string]>([
    ['applied and freshly healthy', {}, 'healthy'],
    ['applied, and no record shows that anything runs', { health: null }, 'unconfirmed'],
    ['applied, and the record says unknown', { health: { status: 'unknown', ageMs: 0 } }, 'unconfirmed'],
    ['a good record at its limit of age', { health: { status: 'healthy', ageMs: healthFreshMs } }, 'healthy'],
    ['a good record beyond it', { health: { status: 'healthy', ageMs: healthFreshMs + 1 } }, 'unconfirmed'],
    ['healthy but not answered', { answer: null }, 'pending'],
    ['not answered', { answer: null, health: null }, 'pending'],
    ['never heard of', { heartbeatAgeMs: null, answer: null, health: null }, 'pending'],
    ['a success in small letters', { answer: { status: 'success' } }, 'healthy'],
    ['any other word than success', { answer: { status: 'PARTIAL' } }, 'failed'],
    ['failed though the record is good', { answer: { status: 'FAILURE' } }, 'failed'],
    ['a bad record, however old', { health: { status: 'failing', ageMs: 86_400_000 } }, 'failing'],
    ['degraded', { health: { status: 'degraded', ageMs: 10 } }, 'degraded'],
    ['three beats at most are not late', { heartbeatAgeMs: 30_000 }, 'healthy'],
    ['more than three beats are', { heartbeatAgeMs: 30_001 }, 'stale'],
    ['ten minutes without a word', { heartbeatAgeMs: 600_001, rhythmMs: 600_000 }, 'silent'],
    ['silent with a bad record', { heartbeatAgeMs: 600_001, health: { status: 'failing', ageMs: 700_000 } }, 'failing'],
    ['late and not answered', { heartbeatAgeMs: 31_000, answer: null }, 'stale'],
  ])('%s', (_name, change, state) => {
    expect(reachState({ ...fine, ...change })).toBe(state);
  });

  test('no combination is healthy without success and a fresh good record', () => {
    for (const answer of [null, { status: 'SUCCESS' }, { status: 'FAILURE' }]) {
      for (const status of ['healthy', 'degraded', 'failing', 'unknown', null] as const) {
        for (const ageMs of [0, healthFreshMs + 1]) {
          for (const heartbeatAgeMs of [null, 0, 40_000, 700_000]) {
            const health = status === null ? null : { status, ageMs };
            const isProven = answer?.status === 'SUCCESS' && status === 'healthy' && ageMs === 0;
            if (!isProven) expect(reachState({ heartbeatAgeMs, rhythmMs: 10_000, answer, health })).not.toBe('healthy');
          }
        }
      }
    }
  });
});

test('a roll-up counts each agent once', () => {
  const counts = rollUp(['healthy', 'healthy', 'pending', 'unconfirmed']);
  expect(counts).toEqual({ failed: 0, failing: 0, degraded: 0, silent: 0, stale: 0, pending: 1, unconfirmed: 1, healthy: 2 });
  expect(reachStates.map(reachSeverity)).toEqual(reachStates.map((_, at) => at));
});

let made = 0;
const judged = (change: Partial<JudgedAgent>): JudgedAgent => ({
  agentId: `id-${(made += 1)}`,
  name: `agent-${made}`,
  clusterName: 'eu',
  state: 'healthy',
  cause: null,
  ...change,
});

test('the worst cluster stands first: more in the worst state, else in the next', () => {
  const rows = clusterRows([
    ...Array.from({ length: 9 }, () => judged({ clusterName: 'calm' })),
    judged({ clusterName: 'late', state: 'stale' }),
    judged({ clusterName: 'bad', state: 'failed' }),
    ...Array.from({ length: 3 }, () => judged({ clusterName: 'worse', state: 'failed' })),
    judged({ clusterName: 'also-calm' }),
  ]);
  expect(rows.map(({ name }) => name)).toEqual(['worse', 'bad', 'late', 'also-calm', 'calm']);
  expect(rows.at(-1)).toMatchObject({ reached: 9, counts: { healthy: 9, failed: 0 } });
});

describe('causes', () => {
  test('agents that say the same but for pods, times and ids stand together', () => {
    const groups = causeGroups([
      judged({ state: 'degraded', cause: 'back-off 40s restarting failed container=web pod=ledger-6d9f7c5b4-q9z2m' }),
      judged({ state: 'degraded', cause: 'back-off 5m20s restarting failed container=web pod=ledger-6d9f7c5b4-x2k8p' }),
      judged({ state: 'degraded', cause: 'ImagePullBackOff' }),
      judged({ state: 'failed', cause: 'admission webhook denied the request' }),
      judged({ state: 'pending' }),
      judged({ state: 'healthy' }),
    ]);
    expect(groups.map(({ state, cause, agents }) => [state, cause, agents])).toEqual([
      ['failed', 'admission webhook denied the request', 1],
      ['degraded', 'back-off … restarting failed container=web pod=ledger-…', 2],
      ['degraded', 'ImagePullBackOff', 1],
      ['pending', null, 1],
    ]);
  });
  test('the very same text is shown as it is', () => {
    const cause = 'pods "web-7" is forbidden: exceeded quota 10';
    expect(causeGroups([judged({ state: 'failed', cause }), judged({ state: 'failed', cause })])).toMatchObject([{ cause, agents: 2 }]);
  });
  test('the most common stands first in its state, with its first five agents by name', () => {
    const groups = causeGroups([
      judged({ state: 'failed', cause: 'rare' }),
      ...['f', 'b', 'd', 'a', 'c', 'e'].map((name) => judged({ name, state: 'failed', cause: 'common' })),
    ]);
    expect(groups.map(({ cause, agents, first }) => [cause, agents, first.map(({ name }) => name).join('')])).toEqual([
      ['common', 6, 'abcde'],
      ['rare', 1, expect.any(String)],
    ]);
  });
  test('causes too rare to list are counted together', () => {
    const word = (at: number) => String.fromCharCode(97 + (at % 26), 97 + Math.floor(at / 26));
    const groups = causeGroups(Array.from({ length: 30 }, (_, at) => judged({ state: 'failed', cause: `broken ${word(at)}` })));
    expect(groups).toHaveLength(21);
    expect(groups.at(-1)).toMatchObject({ cause: null, agents: 10 });
  });
  test('come from the event where it failed, from conditions or else a resource where it is unwell', () => {
    const answer = { message: 'denied' };
    const health = {
      conditions: ['CrashLoopBackOff', 'OOMKilled'],
      resources: [{ kind: 'Pod', name: 'p', namespace: 'n', ready: false, message: 'killed' }],
    };
    expect(causeOf({ state: 'failed', answer, health })).toBe('denied');
    expect(causeOf({ state: 'failing', answer, health })).toBe('CrashLoopBackOff, OOMKilled');
    expect(causeOf({ state: 'degraded', answer, health: { ...health, conditions: [] } })).toBe('killed');
    expect(causeOf({ state: 'silent', answer, health })).toBeNull();
  });
  test('lose ids, digests and addresses, but no words', () => {
    expect(
      normalCause('image sha256:294817028745accebccdf5ffee2cebc0 from 10.0.0.7:5000 of e51b7a90-8f24-4d3c-a6be-0c9d2f1e8404 refused'),
    ).toBe('image sha…:… from … of … refused');
    expect(normalCause('defaced facade  deadbeefcafebabe')).toBe('defaced facade deadbeefcafebabe');
    expect(normalCause('x'.repeat(5_000))).toHaveLength(300);
  });
});

describe('a health record', () => {
  const wire = { status: 'degraded', checked_at: '2026-03-02T09:14:40.117201Z' };
  test('is read from the summary that the agent sends as text, what is not ready first', () => {
    const summary = JSON.stringify({
      pods_ready: 1,
      pods_total: 2,
      conditions: ['OOMKilled', 'CrashLoopBackOff', 'OOMKilled'],
      resources: [
        { kind: 'Pod', name: 'ok', namespace: 'n', ready: true },
        { kind: 'Pod', name: 'bad', namespace: 'n', ready: false, message: 'x'.repeat(900) },
      ],
    });
    expect(healthRecord({ ...wire, summary })).toEqual({
      status: 'degraded',
      podsReady: 1,
      podsTotal: 2,
      conditions: ['CrashLoopBackOff', 'OOMKilled'],
      resources: [
        { kind: 'Pod', name: 'bad', namespace: 'n', ready: false, message: 'x'.repeat(500) },
        { kind: 'Pod', name: 'ok', namespace: 'n', ready: true, message: null },
      ],
      resourcesLeft: 0,
      checkedAt: wire.checked_at,
    });
  });
  test.each([null, '', 'not json', '[]', '{"pods_ready":"many"}', '{"conditions":7}'])(
    'keeps its verdict when the summary is %j',
    (summary) => {
      expect(healthRecord({ ...wire, summary })).toMatchObject({ status: 'degraded', podsReady: null, conditions: [], resources: [] });
    },
  );
  test('of a status nobody knows is unknown, never healthy', () => {
    expect(healthRecord({ ...wire, status: 'splendid', summary: null }).status).toBe('unknown');
  });
});
