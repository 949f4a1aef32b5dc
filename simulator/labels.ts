import { admin, adminOrAgent } from './caller.ts';
import { created, fits, noContent, noSuchRow, notUnique, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import { required, string, struct, uuid } from './shapes.ts';
import type { World } from './world.ts';

const newLabel = struct('NewAgentLabel', { agent_id: required(uuid), label: required(string) });

/** Agent labels: neither blank nor spaced ones are refused here, only the column's length is felt. */
export function labels(on: On, world: World): void {
  on('GET /api/v1/agents/{id}/labels', adminOrAgent, ({ id }) => ok(world.labels.in('agent', id)));
  on('POST /api/v1/agents/{id}/labels', admin, { body: newLabel }, ({ id, body }) => {
    if (body.agent_id !== id) refuse(400, 'agent_id_mismatch', 'body agent_id must match the path agent id');
    fits(body.label, 64, `failed to add label for agent ${id}`);
    if (world.labels.in('agent', id).some(({ label }) => label === body.label)) notUnique('agent_labels_agent_id_label_key');
    if (!world.agents.get(id)) noSuchRow('fk_agent_labels_agent');
    return created(world.labels.add({ id: world.chance.uuid(), ...body }));
  });
  on('DELETE /api/v1/agents/{id}/labels/{label}', admin, ({ id, label }) => {
    storable(label, 'failed to remove agent label');
    const row = world.labels.in('agent', id).find((one) => one.label === label) ?? refuse(404, 'agent_label_not_found', 'label not found');
    world.labels.remove(row);
    return noContent;
  });
}
