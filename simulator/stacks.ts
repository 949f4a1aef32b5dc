import { adminOrAgent, anyone, type Caller, type Who } from './caller.ts';
import { query, uuid as uuidParameter } from './query.ts';
import { created, fits, noContent, noSuchRow, notUnique, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import type { Stack } from './rows.ts';
import { optional, required, string, struct, timestamp, uuid } from './shapes.ts';
import { heap } from './table.ts';
import { type Micros, rfc3339, rfc3339OrNull } from './time.ts';
import type { World } from './world.ts';

const newStack = struct('NewStack', { name: required(string), description: optional(string), generator_id: required(uuid) });
const fullStack = struct('Stack', {
  id: required(uuid),
  created_at: required(timestamp),
  updated_at: required(timestamp),
  deleted_at: optional(timestamp),
  name: required(string),
  description: optional(string),
  generator_id: required(uuid),
});
const emptyMd5 = 'd41d8cd98f00b204e9800998ecf8427e';

interface NewStack {
  name: string;
  description: string | null;
  generator_id: string;
  id?: string | undefined;
  at?: Micros;
}
export const stackWire = (row: Stack) => ({
  id: row.id,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
  deleted_at: rfc3339OrNull(row.deleted_at),
  name: row.name,
  description: row.description,
  generator_id: row.generator_id,
});
const noAgents: Who = ({ kind }) => {
  if (kind === 'agent') refuse(403, 'stacks_list_denied', 'admin or generator access required');
};
/** Existence before permission, on all stack routes. */
export function ownStack(world: World, caller: Caller, id: string): Stack {
  const stack = world.stacks.get(id);
  if (stack?.deleted_at !== null) return refuse(404, 'stack_not_found', 'stack not found');
  const isOwn = caller.kind === 'generator' && caller.id === stack.generator_id;
  return caller.kind === 'admin' || isOwn ? stack : refuse(403, 'stack_not_owned', 'not authorized to access this stack');
}
function isTaken(world: World, name: string, self?: Stack): boolean {
  for (const row of world.stacks.values()) if (row.name === name && row.deleted_at === null && row !== self) return true;
  return false;
}
export function storeStack(
  world: World,
  { name, description, generator_id, id = world.chance.uuid(), at = world.stamp() }: NewStack,
): Stack {
  return world.stacks.add({ id, created_at: at, updated_at: at, deleted_at: null, name, description, generator_id });
}
/** The database's trigger: objects go, and a marker stays that no agent is ever served. */
export function deleteStack(world: World, stack: Stack, { keepMarker, at = world.stamp() }: { keepMarker: boolean; at?: number }): void {
  for (const object of world.objects.in('stack', stack.id)) {
    if (object.deleted_at === null) world.objects.update(object, { deleted_at: at, updated_at: at });
  }
  world.objects.add({
    id: world.chance.uuid(),
    created_at: at,
    updated_at: at,
    deleted_at: keepMarker ? null : at,
    sequence_id: world.nextSequence(),
    stack_id: stack.id,
    yaml_content: '',
    yaml_checksum: emptyMd5,
    is_deletion_marker: true,
  });
  world.stacks.update(stack, { deleted_at: at, updated_at: at });
}

export function stacks(on: On, world: World): void {
  const record = (action: string, { id }: Stack, details: Record<string, unknown> | null) =>
    world.audit.record('admin', { action, resource_type: 'stack', resource_id: id, details }); // whoever did it

  on('GET /api/v1/stacks', noAgents, { query: query({ pak_id: uuidParameter }) }, ({ caller, query: { pak_id: tenant } }) => {
    const owner = caller.kind === 'generator' ? caller.id : tenant;
    const found = heap(world.stacks).filter((stack) => owner === undefined || stack.generator_id === owner);
    if (owner === undefined) world.metrics.set('brokkr_stacks_total', found.length);
    return ok(found.map(stackWire));
  });
  on('POST /api/v1/stacks', anyone, { body: newStack }, ({ body, caller }) => {
    if (caller.kind === 'agent') refuse(403, 'stack_create_denied', 'admin or generator access required');
    if (caller.kind === 'generator' && caller.id !== body.generator_id) {
      refuse(403, 'stack_generator_mismatch', 'generator can only create stacks for itself');
    }
    fits(body.name, 255, 'failed to create stack');
    storable(body.description, 'failed to create stack');
    if (isTaken(world, body.name)) notUnique('unique_stack_name');
    if (!world.generators.get(body.generator_id)) noSuchRow('stacks_generator_id_fkey');
    const stack = storeStack(world, body);
    record('stack.created', stack, { generator_id: stack.generator_id, name: stack.name });
    return created(stackWire(stack));
  });
  on('GET /api/v1/stacks/{id}', anyone, ({ id, caller }) => ok(stackWire(ownStack(world, caller, id))));
  on('PUT /api/v1/stacks/{id}', anyone, { body: fullStack }, ({ id, caller, body }) => {
    const stack = ownStack(world, caller, id);
    if (body.id !== id) refuse(400, 'stack_id_mismatch', 'stack ID mismatch');
    fits(body.name, 255, `failed to update stack ${id}`);
    storable(body.description, `failed to update stack ${id}`);
    if (body.deleted_at === null && isTaken(world, body.name, stack)) notUnique('unique_stack_name');
    if (!world.generators.get(body.generator_id)) noSuchRow('stacks_generator_id_fkey');
    const change = {
      created_at: body.created_at,
      name: body.name,
      description: body.description ?? stack.description,
      generator_id: body.generator_id,
    };
    world.stacks.update(stack, { ...change, updated_at: world.stamp() });
    if (body.deleted_at !== null) deleteStack(world, stack, { keepMarker: true, at: body.deleted_at });
    record('stack.updated', stack, { name: stack.name });
    return ok(stackWire(stack));
  });
  on('DELETE /api/v1/stacks/{id}', anyone, ({ id, caller }) => {
    const stack = ownStack(world, caller, id);
    deleteStack(world, stack, { keepMarker: true });
    record('stack.deleted', stack, null);
    return noContent;
  });
  on('GET /api/v1/agents/{id}/stacks', adminOrAgent, ({ id }) => ok(world.targeting.stacksOf(id).map(stackWire)));
}
