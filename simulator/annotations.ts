import { admin, adminOrAgent } from './caller.ts';
import { created, fits, noContent, noSuchRow, notUnique, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import { required, string, struct, uuid } from './shapes.ts';
import type { World } from './world.ts';

const newAnnotation = struct('NewAgentAnnotation', { agent_id: required(uuid), key: required(string), value: required(string) });

/** Agent annotations: a key stands once, and there is no update. */
export function annotations(on: On, world: World): void {
  on('GET /api/v1/agents/{id}/annotations', adminOrAgent, ({ id }) => ok(world.annotations.in('agent', id)));
  on('POST /api/v1/agents/{id}/annotations', admin, { body: newAnnotation }, ({ id, body }) => {
    if (body.agent_id !== id) refuse(400, 'agent_id_mismatch', 'body agent_id must match the path agent id');
    fits(body.key, 64, `failed to add annotation for agent ${id}`);
    fits(body.value, 64, `failed to add annotation for agent ${id}`);
    if (world.annotations.in('agent', id).some(({ key }) => key === body.key)) notUnique('agent_annotations_agent_id_key_key');
    if (!world.agents.get(id)) noSuchRow('fk_agent_annotations_agent');
    return created(world.annotations.add({ id: world.chance.uuid(), ...body }));
  });
  on('DELETE /api/v1/agents/{id}/annotations/{key}', admin, ({ id, key }) => {
    storable(key, 'failed to remove agent annotation');
    const row =
      world.annotations.in('agent', id).find((one) => one.key === key) ?? refuse(404, 'agent_annotation_not_found', 'annotation not found');
    world.annotations.remove(row);
    return noContent;
  });
}
