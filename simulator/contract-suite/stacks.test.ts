import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  admin,
  aGenerator,
  anAgent,
  anObject,
  aStack,
  aTarget,
  ask,
  adminPak,
  headerOf,
  made,
  refusal,
  unique,
  unknownId,
} from './broker.ts';

const time = expect.stringMatching(/^\d{4}-/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const full = (row: unknown, change: Record<string, unknown>) => ({ ...(row as Record<string, unknown>), ...change });
interface DeploymentObject {
  id: string;
  sequence_id: number;
  yaml_content: string;
}

describe('stacks', () => {
  test('a stack belongs to a generator', async () => {
    const generator = await aGenerator();
    const name = unique('stack');
    const answer = await generator.call('POST', '/stacks', { name, generator_id: generator.id });
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body).toEqual({
      id,
      created_at: time,
      updated_at: time,
      deleted_at: null,
      name,
      description: null,
      generator_id: generator.id,
    });
    const { id: stackId } = answer.body as { id: string };
    expect((await admin('GET', `/stacks/${stackId}`)).body).toEqual(answer.body);
    expect((await generator.call('GET', '/stacks')).body).toEqual([answer.body]);
    expect((await admin('GET', `/stacks?pak_id=${generator.id}`)).body).toEqual([answer.body]);
    expect((await generator.call('GET', `/stacks?pak_id=${unknownId}`)).body).toEqual([answer.body]);
    expect((await admin('GET', `/stacks?pak_id=${unknownId}`)).body).toEqual([]);
  });
  test('refusals', async () => {
    const [generator, other, agent] = [await aGenerator(), await aGenerator(), await anAgent()];
    const stack = await aStack(generator.id);
    const body = { name: stack.name, generator_id: generator.id };
    expect(await agent.call('POST', '/stacks', body)).toMatchObject(refusal(403, 'stack_create_denied'));
    expect(await agent.call('GET', '/stacks')).toMatchObject(refusal(403, 'stacks_list_denied'));
    expect(await other.call('POST', '/stacks', body)).toMatchObject(refusal(403, 'stack_generator_mismatch'));
    expect(await other.call('POST', '/stacks', { ...body, generator_id: other.id })).toMatchObject(
      refusal(409, 'unique_violation', 'unique_stack_name'),
    );
    expect(await admin('POST', '/stacks', { name: unique('stack'), generator_id: unknownId })).toMatchObject(
      refusal(422, 'foreign_key_violation', 'stacks_generator_id_fkey'),
    );
    expect(await admin('POST', '/stacks', { ...body, name: 'x'.repeat(256) })).toMatchObject(refusal(500, 'internal_error'));
    for (const path of [`/stacks/${unknownId}`, `/stacks/${unknownId}/deployment-objects`])
      expect(await other.call('GET', path)).toMatchObject(refusal(404, 'stack_not_found'));
    for (const call of [other.call, agent.call])
      expect(await call('GET', `/stacks/${stack.id}`)).toMatchObject(refusal(403, 'stack_not_owned'));
  });
  test('a PUT replaces the whole, but null never clears', async () => {
    const [generator, other] = [await aGenerator(), await aGenerator()];
    const stack = await aStack(generator.id);
    const path = `/stacks/${stack.id}`;
    const row = await made('PUT', path, full((await admin('GET', path)).body, { description: 'first' }));
    expect(await admin('PUT', path, full(row, { description: null, name: unique('renamed') }))).toMatchObject({
      status: 200,
      body: { description: 'first' },
    });
    expect(await admin('PUT', path, full(row, { description: '' }))).toMatchObject({ status: 200, body: { description: '' } });
    expect(await admin('PUT', path, full(row, { id: unknownId }))).toMatchObject(refusal(400, 'stack_id_mismatch'));
    expect(await admin('PUT', path, full(row, { generator_id: unknownId }))).toMatchObject(
      refusal(422, 'foreign_key_violation', 'stacks_generator_id_fkey'),
    );
    expect(await admin('PUT', path, full(row, { name: (await aStack(other.id)).name }))).toMatchObject(
      refusal(409, 'unique_violation', 'unique_stack_name'),
    );
    expect(await generator.call('PUT', path, full(row, { generator_id: other.id }))).toMatchObject({
      status: 200,
      body: { generator_id: other.id },
    });
    expect(await generator.call('GET', path)).toMatchObject(refusal(403, 'stack_not_owned'));
    expect(await admin('PUT', path, full(row, { deleted_at: '2026-01-01T00:00:00Z' }))).toMatchObject({
      status: 200,
      body: { deleted_at: '2026-01-01T00:00:00Z' },
    });
    expect(await admin('GET', path)).toMatchObject(refusal(404, 'stack_not_found'));
  });
  test('with a stack go its objects; its name is free again', async () => {
    const generator = await aGenerator();
    const stack = await aStack(generator.id);
    const objectId = await anObject(stack.id);
    expect(await generator.call('DELETE', `/stacks/${stack.id}`)).toMatchObject({ status: 204, text: '' });
    expect(await admin('DELETE', `/stacks/${stack.id}`)).toMatchObject(refusal(404, 'stack_not_found'));
    expect(await admin('GET', `/deployment-objects/${objectId}`)).toMatchObject(refusal(404, 'deployment_object_not_found'));
    expect(await admin('POST', '/stacks', { name: stack.name, generator_id: generator.id })).toMatchObject({ status: 201 });
  });
});

describe('labels and annotations of stacks', () => {
  test('labels are bare strings, held to rules', async () => {
    const stack = await aStack((await aGenerator()).id);
    const path = `/stacks/${stack.id}/labels`;
    expect(await admin('POST', path, '"tier:gold"', { 'content-type': 'application/json' })).toMatchObject({
      status: 201,
      body: { id, stack_id: stack.id, label: 'tier:gold' },
    });
    const post = (label: string) => admin('POST', path, JSON.stringify(label), { 'content-type': 'application/json' });
    for (const label of ['', ' ', 'a b', 'a\u0085b', 'é'.repeat(33)])
      expect(await post(label)).toMatchObject(refusal(400, 'invalid_label'));
    for (const label of ['é'.repeat(32), 'a\ufeffb']) expect(await post(label)).toMatchObject({ status: 201 });
    expect(await post('tier:gold')).toMatchObject(refusal(409, 'unique_violation', 'stack_labels_stack_id_label_key'));
    expect(await admin('DELETE', `${path}/tier:gold`)).toMatchObject({ status: 204 });
    expect(await admin('DELETE', `${path}/tier:gold`)).toMatchObject(refusal(404, 'stack_label_not_found'));
  });
  test('annotations are not', async () => {
    const stack = await aStack((await aGenerator()).id);
    const path = `/stacks/${stack.id}/annotations`;
    const row = { stack_id: stack.id, key: 'a b', value: '' };
    expect(await admin('POST', path, row)).toMatchObject({ status: 201, body: { id, ...row } });
    expect(await admin('POST', path, row)).toMatchObject(refusal(409, 'unique_violation', 'unique_stack_annotation'));
    expect(await admin('POST', path, { ...row, stack_id: unknownId })).toMatchObject(refusal(400, 'stack_id_mismatch'));
    expect(await admin('POST', path, { ...row, key: 'x'.repeat(65) })).toMatchObject(refusal(500, 'internal_error'));
    expect((await admin('GET', path)).body).toEqual([{ id, ...row }]);
    expect(await admin('DELETE', `${path}/a%20b`)).toMatchObject({ status: 204 });
    expect(await admin('DELETE', `${path}/a%20b`)).toMatchObject(refusal(404, 'stack_annotation_not_found'));
  });
  test('who may read them', async () => {
    const { agent, stack } = await aTarget();
    const [stranger, foreign] = [await anAgent(), await aGenerator()];
    for (const what of ['labels', 'annotations']) {
      expect(await agent.call('GET', `/stacks/${stack.id}/${what}`)).toMatchObject({ status: 200, body: [] });
      for (const call of [stranger.call, foreign.call])
        expect(await call('GET', `/stacks/${stack.id}/${what}`)).toMatchObject(refusal(403, 'stack_not_accessible'));
      expect(await foreign.call('GET', `/stacks/${unknownId}/${what}`)).toMatchObject(refusal(404, 'stack_not_found'));
      expect(await admin('GET', `/stacks/${unknownId}/${what}`)).toMatchObject({ status: 200, body: [] });
      expect(await agent.call('DELETE', `/stacks/${stack.id}/${what}/x`)).toMatchObject(refusal(403, 'stack_not_owned'));
    }
  });
});

describe('deployment objects', () => {
  test('a revision is kept to the letter, with its digest and a global sequence', async () => {
    const generator = await aGenerator();
    const [stack, other] = [await aStack(generator.id), await aStack(generator.id)];
    const yaml = 'a: "1"\n---\nb: 2\n';
    const first = await made('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: yaml });
    expect(first).toEqual({
      id,
      created_at: time,
      updated_at: time,
      deleted_at: null,
      sequence_id: expect.any(Number) as number,
      stack_id: stack.id,
      yaml_content: yaml,
      yaml_checksum: createHash('sha256').update(yaml).digest('hex'),
      submitted_at: time,
      is_deletion_marker: false,
    });
    const between = (await made('POST', `/stacks/${other.id}/deployment-objects`, { yaml_content: yaml })) as unknown as DeploymentObject;
    const second = (await made('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: yaml })) as unknown as DeploymentObject;
    expect(second.sequence_id).toBeGreaterThan(between.sequence_id);
    expect(between.sequence_id).toBeGreaterThan(first['sequence_id'] as number);
    expect((await generator.call('GET', `/stacks/${stack.id}/deployment-objects`)).body).toMatchObject([
      { id: second.id },
      { id: first['id'] },
    ]);
  });
  test.each([
    ['{}', 'invalid JSON body: missing field `yaml_content` at line 1 column 2'],
    ['', 'invalid JSON body: EOF while parsing a value at line 1 column 0'],
    ['{', 'invalid JSON body: EOF while parsing an object at line 1 column 1'],
    ['[]', 'invalid JSON body: invalid length 0, expected struct CreateDeploymentObjectRequest with 2 elements at line 1 column 2'],
    ['{"yaml_content":1}', 'invalid JSON body: invalid type: integer `1`, expected a string at line 1 column 17'],
    ['{"yaml_content":"a: 1"} x', 'invalid JSON body: trailing characters at line 1 column 25'],
    ['{"yaml_content":" "}', 'YAML content cannot be empty'],
    ['{"yaml_content":"# comment"}', 'YAML content has no documents'],
    ['{"yaml_content":"---\\n---\\n"}', 'YAML content has no documents'],
    ['{"yaml_content":"# comment","is_deletion_marker":true}', 'YAML content has no documents'],
  ])('%s is refused in JSON', async (body, message) => {
    const stack = await aStack((await aGenerator()).id);
    expect(await admin('POST', `/stacks/${stack.id}/deployment-objects`, body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_deployment_object', message },
    });
  });
  test('YAML that does not parse is refused', async () => {
    const stack = await aStack((await aGenerator()).id);
    for (const yaml of ['a: [1, 2', 'a: b: c', '\ta: 1', 'a: 1\n---\n"', 'a: \u0000']) {
      expect(await admin('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: yaml })).toMatchObject(
        refusal(400, 'invalid_deployment_object'),
      );
    }
  });
  test('raw bytes must be UTF-8, and the flag true or false', async () => {
    const path = `/stacks/${(await aStack((await aGenerator()).id)).id}/deployment-objects`;
    const yaml = { 'content-type': 'application/yaml' };
    expect(await admin('POST', path, Uint8Array.of(0xff, 0xfe), yaml)).toMatchObject(refusal(400, 'invalid_deployment_object'));
    const flagged = await admin('POST', `${path}?deletion_marker=1`, 'a: 1', yaml);
    expect(flagged).toMatchObject({ status: 400, text: 'Failed to deserialize query string: provided string was not `true` or `false`' });
  });
  test('raw YAML, and an empty marker both ways', async () => {
    const stack = await aStack((await aGenerator()).id);
    const path = `/stacks/${stack.id}/deployment-objects`;
    const marked = {
      status: 201,
      body: {
        yaml_content: '',
        is_deletion_marker: true,
        yaml_checksum: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    };
    for (const type of ['application/yaml', 'text/yaml; charset=utf-8', 'application/x-yaml']) {
      expect(await admin('POST', path, 'a: 1\n', { 'content-type': type })).toMatchObject({
        status: 201,
        body: { yaml_content: 'a: 1\n', is_deletion_marker: false },
      });
    }
    for (const type of ['APPLICATION/YAML', 'text/x-yaml', 'application/json, application/yaml']) {
      expect(await admin('POST', path, 'a: 1\n', { 'content-type': type })).toMatchObject(refusal(400, 'invalid_deployment_object'));
    }
    expect(await admin('POST', `${path}?deletion_marker=true`, '', { 'content-type': 'application/yaml' })).toMatchObject(marked);
    expect(await admin('POST', path, { yaml_content: '', is_deletion_marker: true })).toMatchObject(marked);
    expect(await admin('POST', `${path}?deletion_marker=true`, '{"yaml_content":"a: 1"}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 201,
      body: { is_deletion_marker: false },
    });
  });
  test('one is read as JSON or as YAML, by its owner or whom it is targeted at', async () => {
    const { agent, generator, stack, objectId } = await aTarget();
    const [stranger, foreign] = [await anAgent(), await aGenerator()];
    const path = `/deployment-objects/${objectId}`;
    for (const call of [admin, generator.call, agent.call])
      expect(await call('GET', path)).toMatchObject({ status: 200, body: { id: objectId, stack_id: stack.id } });
    expect(await foreign.call('GET', path)).toMatchObject(refusal(403, 'generator_not_associated'));
    expect(await stranger.call('GET', path)).toMatchObject(refusal(403, 'agent_not_associated'));
    expect(await foreign.call('GET', `/deployment-objects/${unknownId}`)).toMatchObject(refusal(404, 'deployment_object_not_found'));
    for (const accept of ['application/yaml', 'text/html, text/yaml;q=0.5']) {
      const answer = await ask('GET', `/api/v1${path}`, { headers: { authorization: adminPak, accept } });
      expect(answer).toMatchObject({ status: 200, text: 'kind: ConfigMap\n' });
      expect(headerOf(answer, 'content-type')).toEqual(['application/yaml']);
    }
    for (const accept of ['*/*', 'application/YAML', 'application/yaml2', 'text/html;application/yaml']) {
      expect(await admin('GET', path, undefined, { accept })).toMatchObject({ status: 200, body: { id: objectId } });
    }
  });
});
