import { describe, expect, test } from 'vitest';
import { admin, aGenerator, anAgent, anObject, aStack, as, made, refusal, unique, unknownId } from './broker.ts';

const time = expect.stringMatching(/^\d{4}-/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const pak = expect.stringMatching(/^brokkr_BR\w{6}_\w{31,33}$/);
const full = (row: unknown, change: Record<string, unknown>) => ({ ...(row as Record<string, unknown>), ...change });
async function systemGenerator(): Promise<string> {
  const rows = (await admin('GET', `/agents/${(await anAgent()).id}/registrations`)).body as { generator_id: string }[];
  return rows[0]?.generator_id ?? '';
}

describe('making and reading generators', () => {
  test('a generator comes with its key, once', async () => {
    const name = unique('generator');
    const answer = await admin('POST', '/generators', { name, description: 'Payments squad' });
    const generator = {
      id,
      created_at: time,
      updated_at: time,
      deleted_at: null,
      name,
      description: 'Payments squad',
      last_active_at: null,
      is_active: true,
      is_system: false,
    };
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body).toEqual({ generator, pak });
    const row = (answer.body as { generator: { id: string } }).generator;
    expect((await admin('GET', `/generators/${row.id}`)).body).toEqual(row);
    expect((await admin('GET', '/generators')).body).toContainEqual(row);
    expect((await admin('GET', '/paks')).body).toContainEqual({ id: row.id, name });
  });
  test('names: blank ones are taken, taken ones and long ones are not', async () => {
    const generator = await aGenerator();
    expect(await admin('POST', '/generators', { name: generator.name })).toMatchObject(
      refusal(409, 'unique_violation', 'unique_generator_name'),
    );
    expect(await admin('POST', '/generators', { name: 'x'.repeat(256) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await admin('POST', '/generators', { name: ' '.repeat(1 + (Date.now() % 250)) })).toMatchObject({ status: 201 });
  });
  test('a generator reads itself and no other', async () => {
    const [generator, other, agent] = [await aGenerator(), await aGenerator(), await anAgent()];
    expect(await generator.call('GET', `/generators/${generator.id}`)).toMatchObject({ status: 200, body: { id: generator.id } });
    for (const path of [`/generators/${other.id}`, `/generators/${unknownId}`]) {
      expect(await generator.call('GET', path)).toMatchObject(refusal(403, 'generator_not_owned'));
      expect(await agent.call('GET', path)).toMatchObject(refusal(403, 'generator_not_owned'));
    }
    expect(await admin('GET', `/generators/${unknownId}`)).toMatchObject(refusal(404, 'generator_not_found'));
    for (const path of ['/generators', '/paks']) expect(await generator.call('GET', path)).toMatchObject(refusal(403, 'admin_required'));
    expect(await generator.call('POST', '/generators', { name: 'x' })).toMatchObject(refusal(403, 'admin_required'));
  });
  test('the agents a generator sees are those registered with it', async () => {
    const generator = await aGenerator();
    const agent = await anAgent([generator.id]);
    expect((await generator.call('GET', '/agents')).body).toMatchObject([{ id: agent.id }]);
    expect(await generator.call('GET', `/agents/${agent.id}`)).toMatchObject(refusal(403, 'agent_pak_mismatch'));
    expect(await generator.call('GET', `/agents/?name=${agent.name}&cluster_name=${agent.cluster}`)).toMatchObject(
      refusal(403, 'agent_pak_mismatch'),
    );
    expect(await generator.call('GET', '/agents/?name=x&cluster_name=y')).toMatchObject(refusal(404, 'agent_not_found'));
  });
});

describe('replacing generators', () => {
  test('the whole object is wanted; what is null or absent stays', async () => {
    const generator = await aGenerator();
    const path = `/generators/${generator.id}`;
    const row = (await admin('GET', path)).body;
    expect(await admin('PUT', path, { name: 'x' })).toMatchObject({ status: 422 });
    const described = await admin('PUT', path, full(row, { description: 'now described', id: unknownId }));
    expect(described).toMatchObject({ status: 200, body: { id: generator.id, description: 'now described' } });
    const name = unique('renamed');
    const renamed = await generator.call(
      'PUT',
      path,
      full(row, { name, description: null, is_active: false, created_at: '2026-01-02T03:04:05.5Z' }),
    );
    expect(renamed).toMatchObject({
      status: 200,
      body: { name, description: 'now described', is_active: false, created_at: '2026-01-02T03:04:05.500Z', last_active_at: null },
    });
    const active = await admin('PUT', path, full(row, { last_active_at: '2026-01-02T03:04:05Z' }));
    expect(active).toMatchObject({ status: 200, body: { last_active_at: '2026-01-02T03:04:05Z' } });
    expect(await admin('PUT', path, full(row, { last_active_at: null }))).toMatchObject({
      body: { last_active_at: '2026-01-02T03:04:05Z' },
    });
    expect(await admin('PUT', path, full(row, { description: '' }))).toMatchObject({ status: 200, body: { description: '' } });
  });
  const words = (to: string) => `not authorized to ${to}`;
  test('refusals, in their order', async () => {
    const [generator, other] = [await aGenerator(), await aGenerator()];
    const row = (await admin('GET', `/generators/${generator.id}`)).body;
    expect(await other.call('PUT', `/generators/${generator.id}`, row)).toMatchObject(refusal(403, 'generator_not_owned'));
    expect(await other.call('PUT', `/generators/${generator.id}`, row)).toMatchObject({
      body: { message: words('update this generator') },
    });
    expect(await other.call('DELETE', `/generators/${generator.id}`)).toMatchObject({ body: { message: words('delete this generator') } });
    expect(await other.call('POST', `/generators/${generator.id}/rotate-pak`)).toMatchObject({
      body: { message: words("rotate this generator's PAK") },
    });
    expect(await admin('PUT', `/generators/${unknownId}`, row)).toMatchObject(refusal(404, 'not_found'));
    expect(await admin('PUT', `/generators/${generator.id}`, full(row, { name: other.name }))).toMatchObject(
      refusal(409, 'unique_violation', 'unique_generator_name'),
    );
    expect(await admin('PUT', `/generators/${generator.id}`, full(row, { name: 'x'.repeat(256) }))).toMatchObject(
      refusal(500, 'internal_error'),
    );
  });
  test('one that calls itself system vanishes from the lists and cannot be deleted', async () => {
    const generator = await aGenerator();
    const path = `/generators/${generator.id}`;
    const row = (await admin('GET', path)).body;
    expect(await generator.call('PUT', path, full(row, { is_system: true }))).toMatchObject({ status: 200 });
    for (const list of ['/generators', '/paks'])
      expect((await admin('GET', list)).body).not.toContainEqual(expect.objectContaining({ id: generator.id }));
    expect(await admin('DELETE', path)).toMatchObject(refusal(403, 'cannot_delete_system_generator'));
    expect(await generator.call('GET', `${path}/registered-agents`)).toMatchObject(refusal(403, 'system_generator_not_a_tenant'));
    expect(await generator.call('GET', '/agents')).toMatchObject(refusal(403, 'system_generator_not_a_tenant'));
    await made('PUT', path, full(row, { is_system: false }));
    expect(await admin('DELETE', path)).toMatchObject({ status: 204 });
  });
});

describe('keys and endings', () => {
  test('a rotation is 201, and the key before it is dead at once', async () => {
    const generator = await aGenerator();
    const answer = await generator.call('POST', `/generators/${generator.id}/rotate-pak`);
    expect(answer).toMatchObject({ status: 201, body: { generator: { id: generator.id }, pak } });
    expect(await generator.call('GET', `/generators/${generator.id}`)).toMatchObject({ status: 401, text: '' });
    expect(await as((answer.body as { pak: string }).pak)('GET', `/generators/${generator.id}`)).toMatchObject({ status: 200 });
    expect(await admin('POST', `/generators/${unknownId}/rotate-pak`)).toMatchObject(refusal(404, 'generator_not_found'));
  });
  test('with a generator go its stacks, their objects and its key', async () => {
    const [generator, other] = [await aGenerator(), await aGenerator()];
    const stack = await aStack(generator.id);
    const objectId = await anObject(stack.id);
    expect(await other.call('DELETE', `/generators/${generator.id}`)).toMatchObject(refusal(403, 'generator_not_owned'));
    expect(await admin('DELETE', `/generators/${generator.id}`)).toMatchObject({ status: 204, text: '' });
    expect(await admin('DELETE', `/generators/${generator.id}`)).toMatchObject(refusal(404, 'generator_not_found'));
    expect(await admin('GET', `/stacks/${stack.id}`)).toMatchObject(refusal(404, 'stack_not_found'));
    expect(await admin('GET', `/deployment-objects/${objectId}`)).toMatchObject(refusal(404, 'deployment_object_not_found'));
    expect(await generator.call('GET', '/stacks')).toMatchObject({ status: 401 });
    expect(await admin('POST', '/generators', { name: generator.name })).toMatchObject({ status: 201 });
  });
  test('the system generator is read, never deleted', async () => {
    const path = `/generators/${await systemGenerator()}`;
    expect(await admin('GET', path)).toMatchObject({ status: 200, body: { name: '__system__', is_system: true, is_active: true } });
    expect(await admin('DELETE', path)).toMatchObject(refusal(403, 'cannot_delete_system_generator'));
    expect((await admin('GET', `${path}/registered-agents`)).body).toBeInstanceOf(Array);
    expect((await admin('GET', '/generators')).body).toContainEqual(
      expect.objectContaining({ name: 'admin-generator', description: 'Linked to Admin PAK', is_system: false }),
    );
  });
});
