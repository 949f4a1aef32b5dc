import { admin, adminOrGenerator } from './caller.ts';
import { mintPak, pakHash } from './pak.ts';
import { created, fits, noContent, notUnique, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import type { Generator } from './rows.ts';
import { boolean, optional, required, string, struct, timestamp, uuid } from './shapes.ts';
import { deleteStack } from './stacks.ts';
import { heap } from './table.ts';
import { type Micros, rfc3339, rfc3339OrNull } from './time.ts';
import type { World } from './world.ts';

const newGenerator = struct('NewGenerator', { name: required(string), description: optional(string) });
const fullGenerator = struct('Generator', {
  id: required(uuid),
  created_at: required(timestamp),
  updated_at: required(timestamp),
  deleted_at: optional(timestamp),
  name: required(string),
  description: optional(string),
  last_active_at: optional(timestamp),
  is_active: required(boolean),
  is_system: required(boolean),
});

interface NewGenerator {
  name: string;
  description: string | null;
  id?: string | undefined;
  at?: Micros;
}
const wire = (row: Generator) => ({
  id: row.id,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
  deleted_at: rfc3339OrNull(row.deleted_at),
  name: row.name,
  description: row.description,
  last_active_at: rfc3339OrNull(row.last_active_at ?? null),
  is_active: row.is_active,
  is_system: row.is_system,
});
export const liveGenerator = (world: World, id: string): Generator => {
  const generator = world.generators.get(id);
  return generator?.deleted_at === null ? generator : refuse(404, 'generator_not_found', 'generator not found');
};
function isTaken(world: World, name: string, self?: Generator): boolean {
  for (const row of world.generators.values()) if (row.name === name && row.deleted_at === null && row !== self) return true;
  return false;
}
export function storeGenerator(world: World, { name, description, id = world.chance.uuid(), at = world.stamp() }: NewGenerator): Generator {
  return world.generators.add({
    id,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    name,
    description,
    is_active: true,
    is_system: false,
    pak_hash: null,
  });
}
function issuePak(world: World, generator: Generator): string {
  const pak = mintPak(world.chance);
  if (generator.pak_hash !== null) world.paks.delete(generator.pak_hash);
  world.generators.update(generator, { pak_hash: pakHash(pak) ?? null, updated_at: world.stamp() });
  if (generator.pak_hash !== null) world.paks.set(generator.pak_hash, { kind: 'generator', id: generator.id });
  return pak;
}
/** The database's cascade: stacks, their objects and the markers made on the way are all soft-deleted with it. */
function cascade(world: World, generatorId: string): void {
  const owned = [...world.stacks.values()].filter((stack) => stack.generator_id === generatorId && stack.deleted_at === null);
  for (const stack of owned) deleteStack(world, stack, { keepMarker: false });
}

export function generators(on: On, world: World): void {
  const tenants = () => heap(world.generators).filter((row) => !row.is_system);

  on('GET /api/v1/generators', admin, () => ok(tenants().map(wire)));
  on('GET /api/v1/paks', admin, () => ok(tenants().map(({ id, name }) => ({ id, name }))));
  on('POST /api/v1/generators', admin, { body: newGenerator }, ({ body }) => {
    fits(body.name, 255, 'failed to create generator');
    storable(body.description, 'failed to create generator');
    if (isTaken(world, body.name)) notUnique('unique_generator_name');
    const generator = storeGenerator(world, body);
    const pak = issuePak(world, generator);
    const { id, name } = generator;
    world.audit.record('admin', { action: 'generator.created', resource_type: 'generator', resource_id: id, details: { name } });
    world.audit.record('admin', { action: 'pak.created', resource_type: 'pak', resource_id: id, details: { entity: 'generator', name } });
    return created({ generator: wire(generator), pak });
  });
  on('GET /api/v1/generators/{id}', adminOrGenerator('access this generator'), ({ id }) => ok(wire(liveGenerator(world, id))));
  on('PUT /api/v1/generators/{id}', adminOrGenerator('update this generator'), { body: fullGenerator }, ({ id, body, caller }) => {
    const failure = `failed to update generator ${id}`;
    const generator = world.generators.get(id) ?? refuse(404, 'not_found', failure); // soft-deleted ones too
    fits(body.name, 255, failure);
    storable(body.description, failure);
    const deletedAt = body.deleted_at ?? generator.deleted_at;
    if (deletedAt === null && isTaken(world, body.name, generator)) notUnique('unique_generator_name');
    if (generator.deleted_at === null && deletedAt !== null) cascade(world, id);
    world.generators.update(generator, {
      created_at: body.created_at,
      updated_at: world.stamp(),
      deleted_at: deletedAt,
      name: body.name,
      description: body.description ?? generator.description,
      ...(body.last_active_at === null ? {} : { last_active_at: body.last_active_at }),
      is_active: body.is_active,
      is_system: body.is_system,
    });
    world.audit.record(caller, {
      action: 'generator.updated',
      resource_type: 'generator',
      resource_id: id,
      details: { name: generator.name },
    });
    return ok(wire(generator));
  });
  on('DELETE /api/v1/generators/{id}', adminOrGenerator('delete this generator'), ({ id, caller }) => {
    const generator = liveGenerator(world, id);
    if (generator.is_system) refuse(403, 'cannot_delete_system_generator', 'the system generator cannot be deleted');
    cascade(world, id);
    const at = world.stamp();
    world.generators.update(generator, { deleted_at: at, updated_at: at });
    if (generator.pak_hash !== null) world.paks.delete(generator.pak_hash);
    world.audit.record(caller, { action: 'generator.deleted', resource_type: 'generator', resource_id: id, details: null });
    return noContent;
  });
  on('POST /api/v1/generators/{id}/rotate-pak', adminOrGenerator("rotate this generator's PAK"), ({ id, caller }) => {
    const generator = liveGenerator(world, id);
    const pak = issuePak(world, generator);
    world.audit.record(caller, {
      action: 'pak.rotated',
      resource_type: 'generator',
      resource_id: id,
      details: { generator_name: generator.name },
    });
    return created({ generator: wire(generator), pak });
  });
}
