import { heard } from './agent-sockets.ts';
import type { Chance } from './chance.ts';
import { bundleOf, type Workload } from './manifests.ts';
import { podName, type Verdict } from './pods.ts';
import type { Agent, DeploymentObject } from './rows.ts';
import type { TelemetryFrame } from './telemetry.ts';
import { rfc3339 } from './time.ts';
import type { World } from './world.ts';

const lines = [
  'GET /healthz 200 1ms',
  'GET /balance 200 4ms',
  'POST /orders 201 12ms',
  'level=info msg="cache warmed" entries=412',
  'level=warn msg="slow query" ms=840',
  'GET /orders 200 9ms',
] as const;
const mostWorkloads = 3;

function say(world: World, agent: Agent, frame: TelemetryFrame): void {
  if (!agent.socket) return; // telemetry has no other way in
  heard(world, agent, frame.type);
  world.telemetry.take(frame);
}
const workloads = ({ yaml_content: yaml }: DeploymentObject) => bundleOf(yaml).workloads.slice(0, mostWorkloads);
function podEvent(
  world: World,
  agent: Agent,
  object: DeploymentObject,
  workload: Workload,
  [reason, message, type = 'Normal']: readonly [string, string, string?],
): void {
  const name = podName(workload, object, agent.id, 0);
  say(world, agent, {
    type: 'k8s_event',
    body: {
      agent_id: agent.id,
      stack_id: object.stack_id,
      observed_at: rfc3339(world.now()),
      reason,
      message,
      event_type: type,
      source: 'kubelet',
      involved_object: { api_version: 'v1', kind: 'Pod', namespace: workload.namespace, name, uid: null },
    },
  });
}

/** What Kubernetes says while an object's pods come up. */
export function tellStart(world: World, agent: Agent, object: DeploymentObject): void {
  for (const workload of workloads(object)) {
    const told = (reason: string, message: string) => podEvent(world, agent, object, workload, [reason, message]);
    told('Scheduled', `Successfully assigned ${workload.namespace}/${podName(workload, object, agent.id, 0)}`);
    told('Pulled', `Container image "${workload.images[0] ?? ''}" already present on machine`);
    told('Started', `Started container ${workload.name}`);
  }
}
/** What it goes on saying of pods that are not well. */
export function tellTrouble(world: World, agent: Agent, object: DeploymentObject, { condition, message }: Verdict): void {
  const [workload] = workloads(object);
  if (!workload || condition === undefined) return;
  const reason = condition === 'ImagePullBackOff' ? 'Failed' : 'BackOff';
  podEvent(world, agent, object, workload, [reason, message ?? condition, 'Warning']);
}
/** A line or two of what the pods print, where they ask for it. */
export function tellLogs(world: World, agent: Agent, object: DeploymentObject, source: Chance): void {
  for (const workload of workloads(object)) {
    if (!workload.streamsLogs || !agent.socket || source.int(2) === 0) continue;
    const { name: container, namespace } = workload;
    const pod = podName(workload, object, agent.id, source.int(Math.max(1, Math.min(workload.pods, 3))));
    say(world, agent, {
      type: 'pod_log_line',
      body: {
        agent_id: agent.id,
        stack_id: object.stack_id,
        namespace,
        pod,
        container,
        ts: rfc3339(world.now()),
        line: source.pick(lines),
      },
    });
  }
}
