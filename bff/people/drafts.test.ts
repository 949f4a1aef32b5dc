import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothForms, type OpenedRows } from '#bff/testing/stores.ts';
import { countedRandom, manualClock } from '#bff/testing/world.ts';
import { createDrafts, draftLimits } from './drafts.ts';
import { createVault } from './vault.ts';

const random = countedRandom();
const [oldKey, newKey] = ['old', 'new'].map((id) => ({ id, bytes: random.bytes(32) }));

describe.each(bothForms)('drafts $form', ({ open }) => {
  let opened: OpenedRows;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const setUp = (keys = [oldKey].flatMap((key) => key ?? [])) => {
    const clock = manualClock();
    return { clock, drafts: createDrafts({ rows: opened.rows.drafts, vault: createVault(keys, random), clock }) };
  };

  test('what was typed last comes back, to whoever typed it and to nobody else', async () => {
    const { drafts, clock } = setUp();
    await drafts.save('account:ada', 'agent/create', { name: 'edge' });
    clock.advance(1000);
    const { savedAt } = await drafts.save('account:ada', 'agent/create', { name: 'edge-1', cluster: '' });
    expect(await drafts.read('account:ada', 'agent/create')).toEqual({
      key: 'agent/create',
      fields: { name: 'edge-1', cluster: '' },
      savedAt,
    });
    expect(await drafts.read('account:bob', 'agent/create')).toBeNull();
    await drafts.discard('account:ada', 'agent/create');
    expect(await drafts.read('account:ada', 'agent/create')).toBeNull();
  });

  test('the store cannot read it, and a draft moved to another person does not open', async () => {
    const { drafts } = setUp();
    await drafts.save('account:ada', 'k', { note: 'confidential' });
    const row = await opened.rows.drafts.read('account:ada', 'k');
    expect(JSON.stringify(row)).not.toContain('confidential');
    if (row) await opened.rows.drafts.write({ ...row, personId: 'account:eve' }, 0, 10);
    expect(await drafts.read('account:eve', 'k')).toBeNull();
  });

  test('2 MiB are kept to the last byte, one byte more is refused', async () => {
    const { drafts } = setUp();
    const full = 'ä'.repeat(draftLimits.bytes / 2);
    await drafts.save('account:ada', 'k', { yaml: full });
    expect((await drafts.read('account:ada', 'k'))?.fields).toEqual({ yaml: full });
    await expect(drafts.save('account:ada', 'k', { yaml: full, name: 'x' })).rejects.toMatchObject({ code: 'body_too_large' });
  });

  test('a draft is forgotten after seven days, and the oldest beyond 200 of one person', async () => {
    const { drafts, clock } = setUp();
    await drafts.save('account:ada', 'old', { a: '1' });
    clock.advance(draftLimits.keptMs - 1);
    expect(await drafts.read('account:ada', 'old')).not.toBeNull();
    clock.advance(1);
    expect(await drafts.read('account:ada', 'old')).toBeNull();
    for (let n = 0; n <= draftLimits.perPerson; n += 1) {
      clock.advance(1);
      await drafts.save('account:ada', `k${n}`, { a: '1' });
    }
    expect(await drafts.read('account:ada', 'k0')).toBeNull();
    expect(await drafts.read('account:ada', 'k1')).not.toBeNull();
  });

  test('a draft survives a rotation of the keys, and is gone with its key', async () => {
    await setUp().drafts.save('account:ada', 'k', { a: '1' });
    expect(await setUp([newKey, oldKey].flatMap((key) => key ?? [])).drafts.read('account:ada', 'k')).not.toBeNull();
    expect(await setUp([newKey].flatMap((key) => key ?? [])).drafts.read('account:ada', 'k')).toBeNull();
  });
});
