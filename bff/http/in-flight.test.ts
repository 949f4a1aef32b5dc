import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Response } from 'express';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { inFlightCap, type Admit } from './in-flight.ts';
import { startConsole } from './testing/start-console.ts';

/** Requests that are let in, wait or are turned away, one after the other. */
function door(admit: Admit) {
  const letIn: number[] = [];
  let count = 0;
  const arrive = () => {
    const number = (count += 1);
    const response = new EventEmitter(); // it is only asked to tell when it closes
    const isIn = admit(response as unknown as ServerResponse, () => letIn.push(number));
    if (!isIn) throw new Error('overloaded');
    return { close: () => response.emit('close') };
  };
  return { arrive, letIn };
}
const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('the cap', () => {
  test('lets two hundred in and a hundred wait; the next is turned away', () => {
    const { arrive, letIn } = door(inFlightCap(() => ({ inFlight: 200, queue: 100 })));
    many(300, arrive);
    expect(letIn).toHaveLength(200);
    expect(arrive).toThrow(/overloaded/);
  });
  test('lets the longest waiting in when somebody is done', () => {
    const { arrive, letIn } = door(inFlightCap(() => ({ inFlight: 1, queue: 2 })));
    const [first] = many(3, arrive);
    first?.close();
    expect(letIn).toEqual([1, 2]);
    arrive(); // there is a place in the queue again
    expect(arrive).toThrow(/overloaded/);
  });
  test('whoever leaves while waiting leaves their place, and takes none later', () => {
    const { arrive, letIn } = door(inFlightCap(() => ({ inFlight: 1, queue: 1 })));
    const [first, second] = many(2, arrive);
    second?.close();
    const third = arrive();
    first?.close();
    expect(letIn).toEqual([1, 3]);
    third.close();
    arrive();
    expect(letIn).toEqual([1, 3, 4]);
  });
});

describe('a limit that changes', () => {
  test('to more lets all in who find a place as soon as somebody is done, the longest waiting first', () => {
    let limits = { inFlight: 1, queue: 3 };
    const { arrive, letIn } = door(inFlightCap(() => limits));
    const [first] = many(3, arrive);
    limits = { inFlight: 3, queue: 3 };
    arrive(); // nobody overtakes those who wait
    expect(letIn).toEqual([1]);
    first?.close();
    expect(letIn).toEqual([1, 2, 3, 4]);
  });
  test('to less lets nobody in before there is a place again', () => {
    let limits = { inFlight: 3, queue: 3 };
    const { arrive, letIn } = door(inFlightCap(() => limits));
    const [first, second, third] = many(3, arrive);
    limits = { inFlight: 1, queue: 1 };
    arrive();
    expect(arrive).toThrow(/overloaded/);
    first?.close();
    second?.close();
    expect(letIn).toEqual([1, 2, 3]);
    third?.close();
    expect(letIn).toEqual([1, 2, 3, 4]);
  });
});

describe('over HTTP', () => {
  afterEach(() => void vi.useRealTimers());
  async function busyConsole(admit: Admit) {
    const arrived = Promise.withResolvers<Response>();
    const served = await startConsole({
      admit,
      page: (request, response) => (request.path === '/slow' ? arrived.resolve(response) : void response.send('at once')),
    });
    const slow = served.ask('/slow');
    const held = await arrived.promise;
    return {
      ask: served.ask,
      log: served.log,
      end: async () => {
        held.send('at last');
        expect((await slow).status).toBe(200);
        await served.close();
      },
    };
  }
  const full = () => inFlightCap(() => ({ inFlight: 1, queue: 0 }));

  test('who is turned away is told when to come back', async () => {
    const { ask, end } = await busyConsole(full());
    const answer = await ask('/');
    expect(answer.problem()).toMatchObject({ status: 503, code: 'overloaded', retry_after_s: 3 });
    expect(answer.headers).toMatchObject({ 'retry-after': '3', 'content-type': 'application/problem+json' });
    await end();
  });
  test('their answer is dressed like any other, names the request, and costs no line of its own', async () => {
    const { ask, log, end } = await busyConsole(full());
    vi.useFakeTimers({ toFake: ['setTimeout'] }); // however long twenty take, it is less than the second of a line
    const earlier = log.length;
    const refused = await Promise.all(many(20, () => ask('/', { headers: { 'x-request-id': 'rq_00000000000000aa' } })));
    for (const answer of refused) {
      expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-request-id': 'rq_00000000000000aa' });
      expect(answer.problem()).toMatchObject({ request_id: 'rq_00000000000000aa' });
    }
    expect(log.slice(earlier)).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(log.slice(earlier)).toMatchObject([{ level: 'warn', refused: 20 }]);
    await end();
  });
  test('without the cap they would be let in on top', async () => {
    const { ask, end } = await busyConsole((_response, enter) => (enter(), true));
    expect((await ask('/')).status).toBe(200);
    await end();
  });
  test.each(['/liveness', '/readiness', '/health'])('%s is answered however much there is to do', async (probe) => {
    const { ask, end } = await busyConsole(full());
    expect((await ask(probe)).status).toBe(200);
    await end();
  });
});
