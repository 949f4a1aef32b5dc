import { describe, expect, test } from 'vitest';
import type { Ledger } from '#bff/audit/ledger.ts';
import type { Sessions } from '#bff/people/sessions.ts';
import { parseConfig } from './config.ts';
import { nodeClock, nodeDigest } from './node-world.ts';
import { createProcessStatus } from './process-status.ts';

/** As it stands in the broker's own source, for everybody to read. */
const publishedPak = 'brokkr_BR3rVsDa_GK3QN7CDUzYc6iKgMkJ98M2WSimM5t6U8';

function statusOf(env: Record<string, string>, ledger: Partial<Ledger> = {}) {
  const calls = { check: 0 };
  const status = createProcessStatus({
    config: parseConfig(env, { node: '24.21.0', sqlite: '3.53.4', execArgv: [] }),
    facts: { version: '1.2.3', commit: null, builtAt: null },
    clock: nodeClock,
    digest: nodeDigest,
    health: async () => ({ status: 'ok', components: [] }),
    sessions: { count: async () => 3 } as Sessions,
    ledger: { isStopped: () => false, check: async () => ((calls.check += 1), null), ...ledger } as Ledger,
    changesHandled: () => 7,
  });
  return { status, calls };
}

describe('warnings', () => {
  test('are none for the embedded simulator', async () => {
    expect((await statusOf({}).status()).warnings).toEqual([]);
  });
  test('name a broker reached in the clear, and a key that everybody knows', async () => {
    const { warnings } = await statusOf({ BROKER_URL: 'http://broker.test:3000', BROKER_PAK: publishedPak }).status();
    expect(warnings).toEqual(['plain_http_upstream', 'default_admin_pak_active']);
    expect((await statusOf({ BROKER_URL: 'http://127.0.0.1:3000' }).status()).warnings).toEqual([]);
  });
  test('name an audit log that was tampered with, and one that holds changes back', async () => {
    const { status } = statusOf(
      {},
      { isStopped: () => true, check: async () => ({ fault: 'changed', seq: 4 }) as unknown as Awaited<ReturnType<Ledger['check']>> },
    );
    expect((await status()).warnings).toEqual(['audit_chain_broken', 'changes_stopped']);
  });
});

test('the chain is recomputed rarely, however often somebody looks', async () => {
  const { status, calls } = statusOf({});
  await Promise.all([status(), status()]);
  await status();
  expect(calls.check).toBe(1);
});

test('it says what runs, and how much', async () => {
  expect(await statusOf({}).status()).toMatchObject({
    version: '1.2.3',
    environment: 'development',
    sessions: 3,
    changesHandled: 7,
    configuration: { SESSION_KEYS: 'minted' },
  });
});
