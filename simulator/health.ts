import { admin, adminOrReporter } from './caller.ts';
import { noSuchRow, ok, refuse, storable } from './replies.ts';
import type { On } from './router.ts';
import { type HealthRecord, type HealthStatus, healthStatuses } from './rows.ts';
import { boolean, int32, list, nullable, optional, required, string, struct, timestamp, uuid } from './shapes.ts';
import { lastBeat } from './rhythms.ts';
import { type Micros, rfc3339, second } from './time.ts';
import type { World } from './world.ts';

const resource = struct('ResourceHealth', {
  kind: required(string),
  name: required(string),
  namespace: required(string),
  ready: required(boolean),
  message: optional(string),
});
const summary = struct('HealthSummary', {
  pods_ready: required(int32),
  pods_total: required(int32),
  conditions: required(list(string)),
  resources: optional(list(resource)),
});
const update = struct('DeploymentObjectHealthUpdate', {
  id: required(uuid),
  status: required(string),
  summary: optional(nullable(summary)),
  checked_at: required(timestamp),
});
const batch = struct('HealthStatusUpdate', { deployment_objects: required(list(update)) });
type Summary = ReturnType<typeof summary>;

const nil = '00000000-0000-0000-0000-000000000000';
/** Worst first; a single healthy agent outweighs every unknown one. */
const rollUp = (statuses: readonly HealthStatus[]): HealthStatus =>
  (['failing', 'degraded', 'healthy'] as const).find((one) => statuses.includes(one)) ?? 'unknown';
const summaryText = (value: Summary | null) => {
  if (value === null) return null;
  const { resources, ...rest } = value;
  const told = resources?.map(({ message, ...one }) => (message === null ? one : { ...one, message }));
  return JSON.stringify(told ? { ...rest, resources: told } : rest);
};
const wire = (row: HealthRecord) => ({
  ...row,
  checked_at: rfc3339(row.checked_at),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
const lookEvery: Micros = 60 * second;
/** When the agent last looked: those that heartbeat by arithmetic look so as well, once a minute, at the newest object only. */
function checkedAt(world: World, row: HealthRecord, isNewest: boolean): Micros {
  const rhythm = world.agents.get(row.agent_id)?.rhythm;
  const beat = isNewest && rhythm?.isReachable ? lastBeat(rhythm, world.now()) : null;
  if (beat === null || beat <= row.checked_at) return row.checked_at;
  return row.checked_at + Math.floor((beat - row.checked_at) / lookEvery) * lookEvery;
}
export interface HealthReport {
  deployment_object_id: string;
  status: HealthStatus;
  summary: string | null;
  checked_at: Micros;
}
/** One record per agent and object; it is replaced and never pruned. */
export function storeHealth(world: World, agentId: string, report: HealthReport, at = world.stamp()): HealthRecord {
  const known = world.health.in('agent', agentId).find((row) => row.deployment_object_id === report.deployment_object_id);
  if (known) return world.health.update(known, { ...report, updated_at: at });
  return world.health.add({ id: world.chance.uuid(), agent_id: agentId, ...report, created_at: at, updated_at: at });
}

export function health(on: On, world: World): void {
  on('PATCH /api/v1/agents/{id}/health-status', adminOrReporter, { body: batch }, ({ id, body }) => {
    const failure = `failed to update health status for agent ${id}`;
    if (id === nil && body.deployment_objects.length > 0) refuse(422, 'invalid_health_record', 'Invalid agent ID');
    const reports = body.deployment_objects.map((one): HealthReport => {
      if (one.id === nil) refuse(422, 'invalid_health_record', 'Invalid deployment object ID');
      const status = healthStatuses.find((known) => known === one.status);
      if (!status) {
        return refuse(422, 'invalid_health_record', 'Invalid health status. Must be one of: healthy, degraded, failing, unknown');
      }
      const told = summaryText(one.summary);
      storable(told, failure);
      return { deployment_object_id: one.id, status, summary: told, checked_at: one.checked_at };
    });
    if (new Set(reports.map((one) => one.deployment_object_id)).size < reports.length) refuse(500, 'internal_error', failure);
    if (reports.length > 0 && !world.agents.get(id)) noSuchRow('deployment_health_agent_id_fkey');
    if (reports.some((one) => !world.objects.get(one.deployment_object_id))) noSuchRow('deployment_health_deployment_object_id_fkey');
    for (const report of reports) storeHealth(world, id, report);
    return { status: 200 };
  });
  on('GET /api/v1/deployment-objects/{id}/health', admin, ({ id }) => {
    const object = world.objects.get(id);
    const isNewest = object !== undefined && world.targeting.newest(object.stack_id) === object;
    const told = world.health.in('object', id).map((row) => {
      const looked = checkedAt(world, row, isNewest);
      return { ...row, checked_at: looked, updated_at: Math.max(looked, row.updated_at) };
    });
    const records = told.toSorted((a, b) => b.checked_at - a.checked_at);
    return ok({ deployment_object_id: id, health_records: records.map(wire), overall_status: rollUp(records.map(({ status }) => status)) });
  });
  on('GET /api/v1/stacks/{id}/health', admin, ({ id }) => {
    const live = world.objects.in('stack', id).filter((object) => object.deleted_at === null);
    const objects = live.flatMap((object) => {
      const statuses = world.health.in('object', object.id).map(({ status }) => status);
      if (statuses.length === 0) return [];
      const agents = (wanted: HealthStatus) => statuses.filter((status) => status === wanted).length;
      return {
        id: object.id,
        status: rollUp(statuses),
        healthy_agents: agents('healthy'),
        degraded_agents: agents('degraded'),
        failing_agents: agents('failing'),
      };
    });
    return ok({ stack_id: id, overall_status: rollUp(objects.map(({ status }) => status)), deployment_objects: objects });
  });
}
