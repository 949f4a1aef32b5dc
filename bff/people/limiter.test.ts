import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothForms, openFile, temporaryFolder, type OpenedRows } from '#bff/testing/stores.ts';
import { longTimeout, sized } from '#bff/testing/sizes.ts';
import { digest, manualClock } from '#bff/testing/world.ts';
import { addressPrefix, createSignInLimiter, type AttemptRows } from './limiter.ts';

const minute = 60_000;
const others = sized(200_000, 20_000);
const limited = { code: 'rate_limited' };
const octets = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

describe.each(bothForms)('sign-in limits $form', ({ open }) => {
  let opened: OpenedRows;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const setUp = (rows = opened.rows.attempts) => {
    const clock = manualClock();
    return { clock, limiter: createSignInLimiter({ rows, clock, digest }) };
  };

  test('the sixth failure of one identity within 15 minutes is refused, from wherever it comes, and says when to try again', async () => {
    const { limiter, clock } = setUp();
    for (let n = 0; n < 5; n += 1) await limiter.take('account:ada', octets(n));
    await expect(limiter.take('account:ada', octets(9))).rejects.toMatchObject({ ...limited, problem: { retry_after_s: 15 * 60 } });
    await limiter.take('account:bob', octets(9));
    clock.advance(15 * minute);
    await limiter.take('account:ada', octets(9));
  });

  test('the 21st failure of one address is refused, whoever it claims to be', async () => {
    const { limiter } = setUp();
    for (let n = 0; n < 20; n += 1) await limiter.take(`account:${n}`, '2001:db8:1:2::1');
    await expect(limiter.take('account:x', '2001:db8:1:2:ffff::9')).rejects.toMatchObject(limited);
    await limiter.take('account:x', '2001:db8:1:3::1');
  });

  test('the 101st failure of everybody within a minute is refused', async () => {
    const { limiter, clock } = setUp();
    for (let n = 0; n < 100; n += 1) await limiter.take(`account:${n}`, octets(n));
    await expect(limiter.take('account:new', octets(999))).rejects.toMatchObject(limited);
    clock.advance(minute);
    await limiter.take('account:new', octets(999));
  });

  test('many tries at once count before they are judged', async () => {
    const { limiter } = setUp();
    const tries = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => limiter.take('account:ada', octets(n))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  });

  test('success gives its counts back and forgets the failures before it', async () => {
    const { limiter } = setUp();
    for (let n = 0; n < 30; n += 1) {
      const attempt = await limiter.take('account:ada', '192.0.2.1');
      await attempt.succeeded();
    }
    for (let n = 0; n < 4; n += 1) await limiter.take('account:ada', '192.0.2.1');
    await (await limiter.take('account:ada', '192.0.2.1')).succeeded();
    await limiter.take('account:ada', '192.0.2.1');
  });

  test('what nobody could judge does not count', async () => {
    const { limiter } = setUp();
    for (let n = 0; n < 30; n += 1) await (await limiter.take('pak:x', '192.0.2.1')).notJudged();
  });

  /** Others leave a counter each, as if the limit for everybody let them. */
  const flood = async (rows: AttemptRows): Promise<boolean> => {
    const { limiter, clock } = setUp(rows);
    for (let n = 0; n < 5; n += 1) await limiter.take('account:ada', octets(n));
    for (let n = 0; n < others; n += 500) {
      const counters = Array.from({ length: 500 }, (_, k) => ({ key: `identity:${n + k}`, limit: 5, windowMs: 15 * minute }));
      await rows.take(counters, clock.now());
    }
    return limiter.take('account:ada', octets(7)).then(
      () => true,
      () => false,
    );
  };
  test(`${others} other identities do not reset a counter`, { timeout: longTimeout }, async () => {
    expect(await flood(opened.rows.attempts)).toBe(false);
  });
  test('twin: a store that drops the oldest counters to make room would let it through', { timeout: longTimeout }, async () => {
    const rows = opened.rows.attempts;
    const order: string[] = [];
    const forgetful: AttemptRows = {
      ...rows,
      async take(counters, now) {
        const taken = await rows.take(counters, now);
        order.push(...counters.map(({ key }) => key));
        for (const key of order.splice(0, Math.max(0, order.length - others + 10))) await rows.clear(key);
        return taken;
      },
    };
    expect(await flood(forgetful)).toBe(true);
  });
});

test('a counter survives a restart', async () => {
  const { file, remove } = temporaryFolder();
  const clock = manualClock();
  const first = await openFile(file);
  const before = createSignInLimiter({ rows: first.attempts, clock, digest });
  for (let n = 0; n < 5; n += 1) await before.take('account:ada', null);
  await first.close();
  const second = await openFile(file);
  await expect(createSignInLimiter({ rows: second.attempts, clock, digest }).take('account:ada', null)).rejects.toMatchObject(limited);
  await second.close();
  remove();
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001::5', '2001:db8:1:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (ip, prefix) => {
  expect(addressPrefix(ip)).toBe(prefix);
});
