import { describe, expect, test } from 'vitest';
import { admin, anAgent, made, refusal, unknownId } from './broker.ts';

const id = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('labels', () => {
  test('any text of up to 64 characters is taken, blank and spaced ones too', async () => {
    const agent = await anAgent();
    for (const label of ['', ' ', 'a b', 'é'.repeat(64), 'env=prod']) {
      expect(await admin('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label })).toMatchObject({
        status: 201,
        body: { id, agent_id: agent.id, label },
      });
    }
    expect((await admin('GET', `/agents/${agent.id}/labels`)).body).toHaveLength(5);
  });
  test('refusals, in their order', async () => {
    const agent = await anAgent();
    const post = (body: unknown, agentId = agent.id) => admin('POST', `/agents/${agentId}/labels`, body);
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: 'x' });
    expect(await post({ agent_id: unknownId, label: 'x'.repeat(65) })).toMatchObject(refusal(400, 'agent_id_mismatch'));
    expect(await post({ agent_id: agent.id, label: 'x'.repeat(65) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await post({ agent_id: agent.id, label: 'é'.repeat(65) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await post({ agent_id: agent.id, label: 'x' })).toMatchObject(
      refusal(409, 'unique_violation', 'agent_labels_agent_id_label_key'),
    );
    expect(await post({ agent_id: unknownId, label: 'x' }, unknownId)).toMatchObject(
      refusal(422, 'foreign_key_violation', 'fk_agent_labels_agent'),
    );
  });
  test('a label is taken away once', async () => {
    const agent = await anAgent();
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: 'region:fra' });
    expect(await admin('DELETE', `/agents/${agent.id}/labels/region:fra`)).toMatchObject({ status: 204, text: '' });
    expect(await admin('DELETE', `/agents/${agent.id}/labels/region:fra`)).toMatchObject(refusal(404, 'agent_label_not_found'));
    expect(await admin('DELETE', `/agents/${unknownId}/labels/x`)).toMatchObject(refusal(404, 'agent_label_not_found'));
  });
  test('a NUL, in whatever is asked of the database, is a failure of its own', async () => {
    for (const [method, path] of [
      ['DELETE', `/agents/${unknownId}/labels/x%00`],
      ['DELETE', `/agents/${unknownId}/annotations/%00`],
      ['GET', '/agents/?name=%00&cluster_name=x'],
      ['GET', '/agents/?name=x&cluster_name=%00'],
      ['GET', '/admin/audit-logs?action=%00'],
      ['GET', '/admin/audit-logs?actor_type=%00'],
    ] as const) {
      expect(await admin(method, path), path).toMatchObject(refusal(500, 'internal_error'));
    }
  });
});

describe('annotations', () => {
  test('a key stands once', async () => {
    const agent = await anAgent();
    const post = (body: unknown, agentId = agent.id) => admin('POST', `/agents/${agentId}/annotations`, body);
    const row = { agent_id: agent.id, key: 'owner', value: 'payments' };
    expect(await post(row)).toMatchObject({ status: 201, body: { id, ...row } });
    expect(await post({ ...row, value: 'other' })).toMatchObject(refusal(409, 'unique_violation', 'agent_annotations_agent_id_key_key'));
    expect(await post({ ...row, key: ' ', value: '' })).toMatchObject({ status: 201 });
    expect(await post({ ...row, key: 'x'.repeat(65) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await post({ ...row, key: 'long', value: 'x'.repeat(65) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await post({ ...row, agent_id: unknownId })).toMatchObject(refusal(400, 'agent_id_mismatch'));
    expect(await post({ ...row, agent_id: unknownId }, unknownId)).toMatchObject(
      refusal(422, 'foreign_key_violation', 'fk_agent_annotations_agent'),
    );
    expect((await admin('GET', `/agents/${agent.id}/annotations`)).body).toEqual([
      { id, ...row },
      { id, agent_id: agent.id, key: ' ', value: '' },
    ]);
  });
  test('an annotation is taken away once', async () => {
    const agent = await anAgent();
    await made('POST', `/agents/${agent.id}/annotations`, { agent_id: agent.id, key: 'a/b', value: 'c' });
    expect(await admin('DELETE', `/agents/${agent.id}/annotations/a%2Fb`)).toMatchObject({ status: 204, text: '' });
    expect(await admin('DELETE', `/agents/${agent.id}/annotations/a%2Fb`)).toMatchObject(refusal(404, 'agent_annotation_not_found'));
  });
});

describe('who may', () => {
  test('an agent reads its own and changes nothing', async () => {
    const [agent, other] = [await anAgent(), await anAgent()];
    for (const what of ['labels', 'annotations']) {
      expect(await agent.call('GET', `/agents/${agent.id}/${what}`)).toMatchObject({ status: 200 });
      expect(await other.call('GET', `/agents/${agent.id}/${what}`)).toMatchObject(refusal(403, 'agent_pak_mismatch'));
      const body = { agent_id: agent.id, label: 'x', key: 'x', value: 'x' };
      expect(await agent.call('POST', `/agents/${agent.id}/${what}`, body)).toMatchObject(refusal(403, 'admin_required'));
      expect(await agent.call('DELETE', `/agents/${agent.id}/${what}/x`)).toMatchObject(refusal(403, 'admin_required'));
    }
  });
});
