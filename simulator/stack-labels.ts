import { anyone, type Caller } from './caller.ts';
import { created, fits, noContent, notUnique, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import { required, string, struct, uuid } from './shapes.ts';
import { ownStack } from './stacks.ts';
import { hasWhiteSpace, isBlank } from './white-space.ts';
import type { World } from './world.ts';

const newAnnotation = struct('NewStackAnnotation', { stack_id: required(uuid), key: required(string), value: required(string) });
const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** Labels and annotations of stacks: labels are held to rules here, annotations are not. */
export function stackLabels(on: On, world: World): void {
  /** An admin may ask about a stack that never was; others must own it, or be targeted by it. */
  function mayRead(caller: Caller, id: string): void {
    if (caller.kind === 'admin') return;
    const stack = world.stacks.get(id);
    if (stack?.deleted_at !== null) return refuse(404, 'stack_not_found', 'stack not found');
    const isNear =
      caller.kind === 'generator'
        ? caller.id === stack.generator_id
        : world.targets.in('agent', caller.id).some((row) => row.stack_id === id);
    if (!isNear) refuse(403, 'stack_not_accessible', 'not authorized to access this stack');
  }

  on('GET /api/v1/stacks/{id}/labels', anyone, ({ id, caller }) => {
    mayRead(caller, id);
    return ok(world.stackLabels.in('stack', id));
  });
  on('POST /api/v1/stacks/{id}/labels', anyone, { body: string }, ({ id, caller, body: label }) => {
    ownStack(world, caller, id);
    if (isBlank(label)) refuse(400, 'invalid_label', 'Label cannot be empty');
    if (byteLength(label) > 64) refuse(400, 'invalid_label', 'Label cannot exceed 64 characters');
    if (hasWhiteSpace(label)) refuse(400, 'invalid_label', 'Label cannot contain whitespace');
    storable(label, 'failed to add stack label');
    if (world.stackLabels.in('stack', id).some((row) => row.label === label)) notUnique('stack_labels_stack_id_label_key');
    return created(world.stackLabels.add({ id: world.chance.uuid(), stack_id: id, label }));
  });
  on('DELETE /api/v1/stacks/{id}/labels/{label}', anyone, ({ id, caller, label }) => {
    ownStack(world, caller, id);
    storable(label, 'failed to remove stack label');
    const row =
      world.stackLabels.in('stack', id).find((one) => one.label === label) ?? refuse(404, 'stack_label_not_found', 'label not found');
    world.stackLabels.remove(row);
    return noContent;
  });
  on('GET /api/v1/stacks/{id}/annotations', anyone, ({ id, caller }) => {
    mayRead(caller, id);
    return ok(world.stackAnnotations.in('stack', id));
  });
  on('POST /api/v1/stacks/{id}/annotations', anyone, { body: newAnnotation }, ({ id, caller, body }) => {
    ownStack(world, caller, id);
    if (body.stack_id !== id) refuse(400, 'stack_id_mismatch', 'stack ID mismatch');
    fits(body.key, 64, 'failed to add stack annotation');
    fits(body.value, 64, 'failed to add stack annotation');
    if (world.stackAnnotations.in('stack', id).some(({ key }) => key === body.key)) notUnique('unique_stack_annotation');
    return created(world.stackAnnotations.add({ id: world.chance.uuid(), ...body }));
  });
  on('DELETE /api/v1/stacks/{id}/annotations/{key}', anyone, ({ id, caller, key }) => {
    ownStack(world, caller, id);
    storable(key, 'failed to remove stack annotation');
    const row =
      world.stackAnnotations.in('stack', id).find((one) => one.key === key) ??
      refuse(404, 'stack_annotation_not_found', 'annotation not found');
    world.stackAnnotations.remove(row);
    return noContent;
  });
}
