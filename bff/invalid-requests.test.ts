import { expect, test } from 'vitest';
import { routes } from '#bff/routes/index.ts';
import { invalidRequests } from './testing/invalid-requests.ts';
import { rawBroker, runConsole } from './testing/run-console.ts';

const count = process.env['TEST_LONG'] ? 10_000 : 1_000;

test(
  `${count} requests that the contract does not take are refused, each with a code, and the broker hears of none`,
  { timeout: 300_000 },
  async () => {
    const broker = await rawBroker();
    const served = await runConsole(broker.url);
    const session = await served.signIn();
    const requests = invalidRequests(
      routes.map(({ endpoint }) => endpoint),
      20_261_124,
    );
    const wrong: unknown[] = [];
    const codes = new Map<string, number>();
    for (let at = 0; at < count; at += 1) {
      const { fault, path, ask } = requests.next().value;
      const answer = await served.ask(path, { ...ask, headers: { ...ask.headers, ...session } });
      const isProblem = answer.headers['content-type'] === 'application/problem+json';
      if (answer.status < 400 || answer.status >= 500 || !isProblem)
        wrong.push({ fault, path: path.slice(0, 200), status: answer.status, text: answer.text.slice(0, 300) });
      if (isProblem) codes.set(answer.problem().code, (codes.get(answer.problem().code) ?? 0) + 1);
    }
    expect(wrong).toEqual([]);
    expect(broker.requests).toEqual([]);
    expect([...codes.keys()]).toEqual(
      expect.arrayContaining([
        'invalid_request',
        'malformed_json',
        'bad_target',
        'unsupported_media_type',
        'body_too_large',
        'csrf_refused',
        'precondition_required',
        'method_not_allowed',
        'not_found',
        'plan_not_supported',
      ]),
    );
    await served.close();
    broker.close();
  },
);
