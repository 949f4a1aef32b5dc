import { describe, expect, test } from 'vitest';
import { anEnd, anIntent } from '#bff/testing/audit.ts';
import { digest, listedLog, manualClock, uuidOf } from '#bff/testing/world.ts';
import { checkChain } from './chain.ts';
import type { ChainedEntry } from './entry.ts';
import { openLedger } from './ledger.ts';
import { memoryLedger } from './memory-ledger.ts';

const clock = manualClock();
async function aChain(changes: number): Promise<ChainedEntry[]> {
  const rows = memoryLedger(digest);
  const ledger = await openLedger({ rows, clock, digest, log: listedLog(), mask: (text) => text, isOwner: true });
  for (let n = 0; n < changes; n += 1) {
    const intent = anIntent({ resource: { kind: 'agent', id: uuidOf(n), name: null }, reason: `reason ${n}` });
    const begun = await ledger.begin(intent);
    clock.advance(7);
    if (begun.kind === 'begun') await ledger.end(begun.seq, anEnd({ before: { name: `a${n}` }, after: { name: `b${n}` } }), intent);
  }
  return rows.entries(0, changes * 2);
}
const entries = await aChain(50);
const check = (tampered: ChainedEntry[]) => checkChain(tampered, digest);

test('an untouched chain holds to its last link', async () => {
  expect(await check(entries)).toEqual({ seq: 100, hash: entries[99]?.hash });
});
test('the first link stands on zeros', async () => {
  const [first] = entries;
  expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(first?.previousHash).toBe('0'.repeat(64));
});

describe('tampering', () => {
  const members = Object.keys(entries[0] ?? {}) as (keyof ChainedEntry)[];
  const edited = (entry: ChainedEntry, member: keyof ChainedEntry): ChainedEntry => {
    const value = entry[member];
    return {
      ...entry,
      [member]:
        typeof value === 'number'
          ? value + 1
          : typeof value === 'string'
            ? `${value}x`
            : { id: 'x', name: 'x', role: 'admin', verified: true, kind: 'x' },
    };
  };
  test('any member changed in any of 100 places is found', async () => {
    for (let n = 0; n < 100; n += 1) {
      const at = (n * 37) % entries.length;
      const member = members[n % members.length] ?? 'type';
      const tampered = entries.map((entry, index) => (index === at ? edited(entry, member) : entry));
      expect(await check(tampered), `${member} of ${at + 1}`).toHaveProperty('fault');
    }
  });
  test('an entry taken out, doubled or moved is found where it is', async () => {
    expect(await check(entries.toSpliced(10, 1))).toEqual({ seq: 11, fault: 'missing' });
    expect(await check(entries.toSpliced(10, 0, ...entries.slice(10, 11)))).toEqual({ seq: 12, fault: 'missing' });
    expect(await check([...entries.slice(0, 10), ...entries.slice(11, 12), ...entries.slice(10, 11), ...entries.slice(12)])).toEqual({
      seq: 11,
      fault: 'missing',
    });
  });
  test('an entry rewritten together with its own hash is found at the next one', async () => {
    const forged = await aChain(50);
    const [donor] = forged.slice(20, 21);
    expect(await check(entries.map((entry, index) => (index === 20 && donor ? donor : entry)))).toMatchObject({ fault: 'previous_hash' });
  });
});
