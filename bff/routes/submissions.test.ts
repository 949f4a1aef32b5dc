import { afterEach, describe, expect, test } from 'vitest';
import { SendFailure } from '#contract/ports.ts';
import { listRevisions, maxYamlBytes, previewSubmission, readRevision, submitDeletionMarker, submitRevision } from '#contract/revisions.ts';
import { deleteStack, readStack } from '#contract/stacks.ts';
import { aConfigMap, aStack } from '#simulator/builders.ts';
import { routes } from './index.ts';
import { problemOf, startTestConsole, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';

let it: TestConsole;
afterEach(() => it.stop());
const stackId = '00000001-35b1-4e6a-b2d9-60e1b7d4f303';
const otherId = '00000002-35b1-4e6a-b2d9-60e1b7d4f303';
const params = { stackId };
const pak = 'brokkr_BRtester_8CqmRvXx4Hn2bTfYw7KdPs9LgZaEjU3tQ';
const submissions = 'POST /api/v1/stacks/{id}/deployment-objects';
async function start(revisions: readonly string[] = [], options: Parameters<typeof startTestConsole>[0] = {}) {
  it = await startTestConsole({ scenario: 'empty', ...options });
  it.simulator.seed({
    stacks: [
      aStack({ id: stackId, name: 'ledger', revisions }),
      aStack({ id: otherId, name: 'billing', revisions: [aConfigMap('other')] }),
    ],
  });
}
const list = (query: Record<string, string> = {}) => it.call(listRevisions, { params, query });
const current = async () => (await it.call(readStack, { params })).current;
const tagOf = (revision: { id: string } | null | undefined) => `"${revision?.id ?? 'none'}"`;
const submit = async (yaml: string, told: { etag?: string; key?: string; body?: object } = {}) =>
  it.call(submitRevision, {
    params,
    as: 'operator',
    etag: told.etag ?? tagOf(await current()),
    body: { yaml, ...told.body },
    ...(told.key !== undefined && { key: told.key }),
  });
const textOf = async (revisionId: string) => {
  const answer = await it.simulator.send({
    method: 'GET',
    path: `/api/v1/deployment-objects/${revisionId}`,
    headers: { authorization: `Bearer ${it.adminPak}`, accept: 'application/yaml' },
  });
  return new TextDecoder().decode(answer.bytes);
};
/** A manifest of exactly so many bytes, some of them of characters that take three. */
function manifestOf(bytes: number): string {
  const head = `${aConfigMap('large')}  TEXT: "`;
  const left = bytes - new TextEncoder().encode(`${head}"\n`).length;
  return `${head}${'€'.repeat(10)}${'x'.repeat(left - 30)}"\n`;
}

describe('submitting', () => {
  test('stores the very text, shows it at once and records what it was, not what it said', async () => {
    await start([aConfigMap('a')]);
    const before = await current();
    const sent = `# ü\n${aConfigMap('b')}`;
    const revision = await submit(sent);
    expect(revision).toMatchObject({ isDeletionMarker: false, bytes: new TextEncoder().encode(sent).length, ageMs: expect.any(Number) });
    expect(await textOf(revision.id)).toBe(sent);
    expect(await current()).toEqual(revision);
    expect((await list()).rows.map(({ id }) => id)).toEqual([revision.id, before?.id]);
    const row = await it.newestRow();
    expect(row).toMatchObject({
      type: 'stack.revision.submitted',
      outcome: 'success',
      resource: { kind: 'stack', id: stackId, name: 'ledger' },
      before: { id: before?.id, checksum: before?.checksum },
      after: { id: revision.id, checksum: revision.checksum, bytes: revision.bytes },
    });
    expect(JSON.stringify(row)).not.toContain('ConfigMap');
  });
  test('the first of a stack is made on none', async () => {
    await start();
    expect(await problemOf(submit(aConfigMap('a'), { etag: tagOf({ id: unknownId }) }))).toMatchObject({
      code: 'changed_meanwhile',
      current: null,
    });
    expect(await submit(aConfigMap('a'), { etag: '"none"' })).toMatchObject({ isDeletionMarker: false });
    expect(it.upstream()[submissions]).toBe(1);
  });
  test('without saying what was reviewed is refused', async () => {
    await start();
    expect(await problemOf(it.call(submitRevision, { params, body: { yaml: 'a: 1' } }))).toMatchObject({ status: 428 });
    expect(it.upstream()).toEqual({});
  });
  test('on a revision that is no longer the newest shows the newer one and sends nothing', async () => {
    await start([aConfigMap('a')]);
    const reviewed = tagOf(await current());
    const newer = await submit(aConfigMap('b'), { etag: reviewed });
    expect(await problemOf(submit(aConfigMap('c'), { etag: reviewed }))).toMatchObject({
      code: 'changed_meanwhile',
      status: 412,
      current: { id: newer.id, sequence: newer.sequence },
    });
    expect(it.upstream()[submissions]).toBe(1);
  });
  test('is checked against the broker itself, not against what the console read before', async () => {
    await start([aConfigMap('a')]);
    const reviewed = tagOf(await current());
    await it.outside('POST', `/stacks/${stackId}/deployment-objects`, { yaml: aConfigMap('outside') });
    expect(await problemOf(submit(aConfigMap('c'), { etag: reviewed }))).toMatchObject({ code: 'changed_meanwhile' });
  });
  test('of two at the same moment one is sent and the other is shown it', async () => {
    await start([aConfigMap('a')]);
    const etag = tagOf(await current());
    const ended = await Promise.allSettled([submit(aConfigMap('mine'), { etag }), submit(aConfigMap('yours'), { etag })]);
    const winner = ended.find((end) => end.status === 'fulfilled')?.value;
    const loser = ended.find((end) => end.status === 'rejected')?.reason as unknown;
    expect(loser).toMatchObject({ problem: { status: 412, current: { id: winner?.id } } });
    expect(it.upstream()[submissions]).toBe(1);
  });
  test('the broker itself takes both, and the first is overtaken unseen', async () => {
    await start([aConfigMap('a')]);
    const straight = (yaml: string) => it.outside('POST', `/stacks/${stackId}/deployment-objects`, { yaml });
    expect((await Promise.all([straight(aConfigMap('mine')), straight(aConfigMap('yours'))])).map(({ status }) => status)).toEqual([
      201, 201,
    ]);
    expect((await list()).total).toBe(3);
  });
  test('a double click makes one revision, and both clicks are told of it', async () => {
    await start([aConfigMap('a')]);
    const told = { etag: tagOf(await current()), key: crypto.randomUUID() };
    const [first, second] = await Promise.all([submit(aConfigMap('b'), told), submit(aConfigMap('b'), told)]);
    expect(second).toEqual(first);
    expect(await submit(aConfigMap('b'), told)).toEqual(first);
    expect(await problemOf(submit(aConfigMap('c'), told))).toMatchObject({ code: 'idempotency_key_reused' });
    expect(it.upstream()[submissions]).toBe(1);
    expect((await list()).total).toBe(2);
  });
  test('2,097,152 bytes are taken, one more is refused before the broker is asked', async () => {
    await start();
    const yaml = manifestOf(maxYamlBytes);
    expect(await submit(yaml, { etag: '"none"' })).toMatchObject({ bytes: maxYamlBytes });
    expect((await current())?.bytes).toBe(maxYamlBytes);
    const asked = it.upstream();
    const rows = (await it.audit.list({ limit: 10 })).rows.length;
    const refused = await problemOf(submit(`${yaml}#`, { etag: '"none"' }));
    expect(refused).toMatchObject({ status: 400, errors: [{ path: 'yaml' }] });
    expect(await problemOf(it.call(previewSubmission, { params, body: { yaml: `${yaml}#` } }))).toMatchObject({ status: 400 });
    expect(it.upstream()).toEqual(asked);
    expect((await it.audit.list({ limit: 10, outcome: ['success'] })).rows).toHaveLength(rows);
  });
  test('the broker’s refusal is passed on in its own words, beside the text', async () => {
    await start();
    const refused = await problemOf(submit('a: b: c\n', { etag: '"none"' }));
    expect(refused).toMatchObject({
      code: 'broker_refused',
      upstream: { status: 400, code: 'invalid_deployment_object', message: expect.stringMatching(/YAML/) },
      errors: [{ path: 'yaml', code: 'refused' }],
    });
    expect(await it.newestRow()).toMatchObject({ outcome: 'failure', upstreamStatus: 400 });
  });
  test('whose answer is lost has an unknown outcome, is not sent again, and is there at the next look', async () => {
    await start([aConfigMap('a')]);
    const told = { etag: tagOf(await current()), key: crypto.randomUUID() };
    it.simulator.faults.set({ match: submissions, outcome: 'reset_after' });
    expect(await problemOf(submit(aConfigMap('b'), told))).toMatchObject({ code: 'outcome_unknown', status: 504, outcome: 'unknown' });
    expect(await problemOf(submit(aConfigMap('b'), told))).toMatchObject({ code: 'outcome_unknown' });
    expect(it.upstream()[submissions]).toBe(1);
    expect((await it.audit.list({ limit: 1 })).rows[0]).toMatchObject({ outcome: 'unknown' });
    expect((await list()).total).toBe(2);
  });
  test('that never left is a failure, not an open question', async () => {
    await start([aConfigMap('a')]);
    const etag = tagOf(await current());
    it.send.instead = (request) => (request.method === 'POST' ? Promise.reject(new SendFailure('connect', false)) : it.through(request));
    expect(await problemOf(submit(aConfigMap('b'), { etag }))).toMatchObject({ code: 'broker_unreachable' });
    expect((await it.audit.list({ limit: 1 })).rows[0]).toMatchObject({ outcome: 'failure' });
  });
  test('costs the broker the same few reads however long the history is', async () => {
    for (const length of [1, 80]) {
      await start(Array.from({ length }, (_, n) => aConfigMap('a', `n${n}`)));
      const [newest] = (await list()).rows;
      const asked = it.upstream();
      await submit(aConfigMap('b'), { etag: tagOf(newest) });
      expect(asked).toEqual({ 'GET /api/v1/stacks/{id}/deployment-objects': 1 });
      expect(it.upstream()).toMatchObject({
        'GET /api/v1/stacks/{id}': 1,
        'GET /api/v1/stacks/{id}/deployment-objects': 2,
        [submissions]: 1,
      });
      it.stop();
    }
  });
  test('of a text in which a key is masked is refused: the mask would be applied in its place', async () => {
    await start();
    expect(await problemOf(submit('pak: "[masked key]"\n', { etag: '"none"' }))).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'yaml', code: 'masked_key' }],
    });
    expect(it.upstream()[submissions]).toBeUndefined();
  });
  test('and its preview, beside drafts, are all that may be larger than 1 MiB', () => {
    const large = routes.map(({ endpoint }) => endpoint).filter(({ bodyLimit = 0 }) => bodyLimit > 1_048_576);
    expect(large.map(({ id, bodyLimit }) => [id, bodyLimit])).toEqual([
      ['PUT /api/drafts', 4_194_304],
      ['POST /api/stacks/:stackId/preview', 4_194_304],
      ['POST /api/stacks/:stackId/revisions', 4_194_304],
    ]);
  });
  test('is not for viewers, and not for a stack that is gone', async () => {
    await start([aConfigMap('a')]);
    const etag = tagOf(await current());
    expect(await problemOf(it.call(submitRevision, { params, etag, body: { yaml: 'a: 1' }, as: 'viewer' }))).toMatchObject({
      code: 'role_required',
    });
    await it.call(deleteStack, { params, body: { reason: 'moved away' } });
    expect(await problemOf(it.call(submitRevision, { params, etag, body: { yaml: 'a: 1' } }))).toMatchObject({ code: 'not_found' });
    expect(it.upstream()[submissions]).toBeUndefined();
  });
});

describe('rolling back', () => {
  const read = (revisionId: string) => it.call(readRevision, { params: { revisionId } });
  test('submits the earlier text unchanged as a new revision, and is recorded as what it was', async () => {
    await start([aConfigMap('good'), aConfigMap('bad')]);
    const [, good] = (await list()).rows;
    const { yaml } = await read(good?.id ?? '');
    const revision = await submit(yaml, { body: { rollbackTo: good?.id, reason: 'crash loops' } });
    expect(revision.checksum).toBe(good?.checksum);
    expect(revision.sequence).toBeGreaterThan(good?.sequence ?? 0);
    expect(await it.newestRow()).toMatchObject({
      type: 'stack.revision.rolled_back',
      reason: 'crash loops',
      after: { id: revision.id, rollbackTo: good?.id },
    });
  });
  test('brings back the keys that people were shown masked', async () => {
    await start([`${aConfigMap('good')}  PAK: ${pak}\n`, aConfigMap('bad')]);
    const [, good] = (await list()).rows;
    const { yaml } = await read(good?.id ?? '');
    const revision = await submit(yaml, { body: { rollbackTo: good?.id, reason: 'crash loops' } });
    expect(revision.checksum).toBe(good?.checksum);
    expect(await textOf(revision.id)).toContain(pak);
  });
  test('asks for a reason, and takes no changed text, no other stack’s revision and no marker', async () => {
    await start([aConfigMap('good'), aConfigMap('bad')]);
    const marker = await it.call(submitDeletionMarker, { params, etag: tagOf(await current()), body: { reason: 'retired' } });
    const [, , good] = (await list()).rows;
    const [foreign] = (await it.call(listRevisions, { params: { stackId: otherId } })).rows;
    const back = async (rollbackTo: string | undefined, yaml: string, reason?: string) =>
      problemOf(submit(yaml, { body: { rollbackTo, ...(reason && { reason }) } }));
    expect(await back(good?.id, aConfigMap('good'))).toMatchObject({ code: 'invalid_request', errors: [{ path: 'reason' }] });
    expect(await back(good?.id, aConfigMap('changed'), 'crash loops')).toMatchObject({ errors: [{ path: 'yaml', code: 'changed' }] });
    expect(await back(foreign?.id, aConfigMap('other'), 'crash loops')).toMatchObject({
      errors: [{ path: 'rollbackTo', code: 'unknown' }],
    });
    expect(await back(marker.id, '', 'crash loops')).toMatchObject({ errors: [{ path: 'rollbackTo' }] });
    expect(it.upstream()[submissions]).toBe(1);
  });
});

describe('a deletion marker', () => {
  test('is always empty, takes a reason and the reviewed revision', async () => {
    await start([aConfigMap('a')]);
    const reviewed = await current();
    const marker = await it.call(submitDeletionMarker, {
      params,
      etag: tagOf(reviewed),
      body: { reason: 'service retired' },
      as: 'operator',
    });
    expect(marker).toMatchObject({ isDeletionMarker: true, bytes: 0 });
    expect(await textOf(marker.id)).toBe('');
    expect(await current()).toEqual(marker);
    expect(await it.newestRow()).toMatchObject({
      type: 'stack.deletion_marker.submitted',
      reason: 'service retired',
      before: { id: reviewed?.id },
      after: { id: marker.id, isDeletionMarker: true },
    });
    expect(await problemOf(it.call(submitDeletionMarker, { params, etag: tagOf(reviewed), body: { reason: 'again' } }))).toMatchObject({
      code: 'changed_meanwhile',
      current: { id: marker.id },
    });
    expect(
      await problemOf(it.call(submitDeletionMarker, { params, etag: tagOf(marker), body: { reason: 'again', yaml: aConfigMap('a') } })),
    ).toMatchObject({ errors: [{ path: 'yaml', code: 'unknown_field' }] });
    expect(it.upstream()[submissions]).toBe(1);
  });
});
