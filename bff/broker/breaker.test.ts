import { describe, expect, test, vi } from 'vitest';
import { SendFailure } from '#contract/ports.ts';
import type { SendAnswer } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import { createBreaker, createBreakers } from './breaker.ts';
import { operations } from './operations.ts';
import { aBroker, noBreakers, quietLog, scope } from './testing/a-broker.ts';
import { fakeUpstream, jsonAnswer } from './testing/send.ts';

const answer = (status: number): SendAnswer => ({ status, headers: {}, bytes: new Uint8Array() });
const connect = () => new SendFailure('connect', false);

function setUp(rand = 0) {
  const clock = testClock();
  const broker = { isThere: false };
  const probe = vi.fn<() => Promise<void>>(async () => {
    if (!broker.isThere) throw new Error('not ready');
  });
  const changed = vi.fn<(state: 'open' | 'closed') => void>();
  const breaker = createBreaker({ clock, random: { bytes: (length) => new Uint8Array(length).fill(rand) }, probe, changed });
  const enter = () => breaker.enter();
  const call = (end: SendAnswer | SendFailure) => enter()(end);
  const refusal = () => {
    try {
      breaker.enter();
      return undefined;
    } catch (error) {
      return error instanceof ProblemError ? error.problem : undefined;
    }
  };
  const repeat = (times: number, end: () => SendAnswer | SendFailure) => {
    for (let time = 0; time < times; time += 1) call(end());
  };
  return { clock, broker, probe, changed, enter, call, repeat, refusal };
}

describe('opens', () => {
  test('at five connect errors within ten seconds, not at four', () => {
    const { repeat, call, refusal } = setUp();
    repeat(4, connect);
    expect(refusal()).toBeUndefined();
    call(connect());
    expect(refusal()).toMatchObject({ code: 'broker_unreachable', status: 503, retry_after_s: 1 });
  });
  test('when half of at least twenty calls fail', () => {
    const { repeat, call, refusal } = setUp();
    repeat(10, () => answer(200));
    repeat(9, () => answer(503));
    expect(refusal()).toBeUndefined();
    call(new SendFailure('timeout', true));
    expect(refusal()).toMatchObject({ code: 'broker_unreachable' });
  });
  test('not when fewer than half do', () => {
    const { repeat, refusal } = setUp();
    repeat(11, () => answer(200));
    repeat(10, () => answer(503));
    expect(refusal()).toBeUndefined();
  });
  test('not for failures that are longer ago than ten seconds', async () => {
    const { repeat, refusal, clock } = setUp();
    repeat(4, connect);
    await clock.advance(10_000);
    repeat(4, connect);
    expect(refusal()).toBeUndefined();
  });
  test.each([400, 401, 403, 404, 409, 422, 429])('never for a %i, which is an answer', (status) => {
    const { repeat, refusal } = setUp();
    repeat(200, () => answer(status));
    expect(refusal()).toBeUndefined();
  });
  test.each(['aborted', 'too_large'] as const)('never for a call that ended %s', (kind) => {
    const { repeat, refusal } = setUp();
    repeat(200, () => new SendFailure(kind, true));
    expect(refusal()).toBeUndefined();
  });
});

describe('open', () => {
  test('it asks once, and ever more rarely, whether the broker is there', async () => {
    const { repeat, clock, probe, refusal } = setUp();
    repeat(5, connect);
    const asked: number[] = [];
    const begunMs = clock.now();
    probe.mockImplementation(async () => {
      asked.push(clock.now() - begunMs);
      throw new Error('not ready');
    });
    await clock.advance(40_000);
    expect(asked).toEqual([1_000, 3_000, 7_000, 15_000, 25_500, 36_000]);
    expect(refusal()).toMatchObject({ retry_after_s: 7 }); // 46,500 is the next
  });
  test('it asks at another moment than others that were hit by the same failure', async () => {
    const { repeat, clock, probe } = setUp(255);
    repeat(5, connect);
    await clock.advance(1_199);
    expect(probe).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(probe).toHaveBeenCalledOnce();
  });
  test('it lets calls through at most 15 s after the broker is back, however long it was away', async () => {
    const { repeat, clock, broker, refusal, call, changed } = setUp(255);
    repeat(5, connect);
    await clock.advance(3_600_000);
    broker.isThere = true;
    await clock.advance(13_000); // 2 s are left for a probe that takes all its time
    expect(refusal()).toBeUndefined();
    call(answer(200));
    expect(changed.mock.calls).toEqual([['open'], ['closed']]);
  });
  test('what was under way when it opened does not open it for longer', async () => {
    const { repeat, enter, clock, broker, refusal } = setUp();
    const underWay = [enter(), enter()];
    repeat(5, connect);
    for (const end of underWay) end(connect());
    broker.isThere = true;
    await clock.advance(1_000);
    expect(refusal()).toBeUndefined();
  });
});

describe('on trial', () => {
  async function trial() {
    const it = setUp();
    it.repeat(5, connect);
    it.broker.isThere = true;
    await it.clock.advance(1_000);
    return it;
  }
  test('one failure opens it again, for longer', async () => {
    const { call, refusal, clock } = await trial();
    call(answer(500));
    expect(refusal()).toMatchObject({ retry_after_s: 2 });
    await clock.advance(2_000);
    expect(refusal()).toBeUndefined();
  });
  test('one success closes it: four connect errors are then no reason again', async () => {
    const { call, repeat, refusal } = await trial();
    call(answer(404));
    repeat(4, connect);
    expect(refusal()).toBeUndefined();
  });
});

describe('around the broker', () => {
  const agentId = '7f3c1d52-0b7e-4c39-9a41-2d5f6e8b1a01';
  const random = { bytes: (length: number) => new Uint8Array(length) };
  const budget = { earn: () => undefined, spend: () => false };
  function dead(isOn: boolean) {
    const clock = testClock();
    const breakers = isOn ? createBreakers({ clock, random, log: quietLog, probe: () => Promise.reject(new Error('dead')) }) : noBreakers;
    const { send, asked } = fakeUpstream(() => Promise.reject(connect()));
    return { broker: aBroker(send, { clock, breakers, budget }), asked };
  }
  const read = async (broker: ReturnType<typeof aBroker>, times: number) => {
    for (let time = 0; time < times; time += 1) await broker.agents.read(agentId, scope).catch(() => undefined);
  };
  test('a dead broker is asked five times and then left alone', async () => {
    const { broker, asked } = dead(true);
    await read(broker, 100);
    expect(asked).toHaveLength(5);
  });
  test('without it every call would hit the dead broker', async () => {
    const { broker, asked } = dead(false);
    await read(broker, 100);
    expect(asked).toHaveLength(100);
  });
  test('one class that fails does not take the others with it', async () => {
    const { broker, asked } = dead(true);
    await read(broker, 10);
    asked.length = 0;
    await broker.agents.delete(agentId, scope).catch(() => undefined);
    await broker.agents.fleet(scope).catch(() => undefined);
    expect(asked.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
  });
  test('a refusal while open sends nothing, so that a change has certainly not happened', async () => {
    const { broker, asked } = dead(true);
    for (let time = 0; time < 6; time += 1) await broker.agents.delete(agentId, scope).catch(() => undefined);
    const refused: unknown = await broker.agents.delete(agentId, scope).catch((error: unknown) => error);
    expect(asked).toHaveLength(5);
    expect(refused).toMatchObject({ code: 'broker_unreachable' });
    expect(refused instanceof ProblemError && refused.problem.outcome).toBeUndefined();
  });
  test('a broker that answers goes unnoticed', async () => {
    const clock = testClock();
    const { send, asked } = fakeUpstream(() => jsonAnswer({ code: 'agent_not_found', message: 'x' }, 404));
    const breakers = createBreakers({ clock, random, log: quietLog, probe: () => Promise.resolve() });
    await read(aBroker(send, { clock, breakers, budget }), 60);
    expect(asked).toHaveLength(60);
  });
  test('the probe is in the operation table and changes nothing', () =>
    expect(operations.ready).toMatchObject({ method: 'GET', totalMs: 2_000 }));
});
