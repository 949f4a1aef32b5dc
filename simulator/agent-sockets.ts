import { connect, disconnect, recordHeartbeat } from './agents.ts';
import { newEvent, storeEvent } from './events.ts';
import { frameQueue } from './frame-queue.ts';
import { storeHealth } from './health.ts';
import { parseJson } from './json-text.ts';
import type { Feed } from './ports.ts';
import { type Agent, healthStatuses } from './rows.ts';
import {
  anything,
  boolean,
  exactTime,
  int32,
  oneOf,
  optional,
  required,
  type Shape,
  ShapeError,
  string,
  struct,
  timestamp,
  uuid,
} from './shapes.ts';
import type { World } from './world.ts';

const laneFrames = 64;
const envelope = struct('Frame', { type: required(string), body: required(anything) });
const heartbeatFrame = struct('Heartbeat', {
  agent_id: required(uuid),
  sent_at: required(timestamp),
  k8s_reachable: optional(boolean),
  k8s_api_latency_ms: optional(int32),
});
const healthFrame = struct('DeploymentHealth', {
  agent_id: required(uuid),
  deployment_object_id: required(uuid),
  status: required(string),
  summary: optional(string),
  checked_at: required(timestamp),
});
const involved = struct('InvolvedObject', {
  api_version: required(string),
  kind: required(string),
  namespace: optional(string),
  name: required(string),
  uid: optional(string),
});
const kubernetesFrame = struct('K8sEvent', {
  agent_id: required(uuid),
  stack_id: required(uuid),
  observed_at: required(exactTime),
  reason: required(string),
  message: required(string),
  event_type: required(string),
  source: optional(string),
  involved_object: required(involved),
});
const lineFrame = struct('PodLogLine', {
  agent_id: required(uuid),
  stack_id: required(uuid),
  namespace: required(string),
  pod: required(string),
  container: required(string),
  ts: required(exactTime),
  line: required(string),
});
const gapFrame = struct('LogGap', {
  agent_id: required(uuid),
  stack_id: required(uuid),
  since_ts: required(exactTime),
  dropped_count: required(int32),
  reason: required(oneOf(['rate_limit', 'buffer_full', 'disconnected'])),
});
const encoder = new TextEncoder();

function read<T>(shape: Shape<T>, text: string): T | undefined {
  try {
    return shape(parseJson(encoder.encode(text)).root, '');
  } catch (error) {
    if (error instanceof ShapeError) return undefined; // such a frame is dropped without a word
    throw error;
  }
}
/** What becomes of a frame by its type; the answer is whether it could be read at all. */
function frameKinds(world: World, agent: Agent): Record<string, (body: string) => boolean> {
  const kind =
    <T extends { agent_id: string }>(shape: Shape<T>, take: (frame: T) => void, { ofOthers = false } = {}) =>
    (body: string) => {
      const frame = read(shape, body);
      if (frame && (ofOthers || frame.agent_id === agent.id)) take(frame);
      return frame !== undefined;
    };
  return {
    heartbeat: kind(heartbeatFrame, (report) => recordHeartbeat(world, agent, report), { ofOthers: true }), // no frame of the fleet's feed
    agent_event: kind(newEvent, (event) => {
      if (world.objects.get(event.deployment_object_id)) storeEvent(world, event);
    }),
    agent_health: kind(healthFrame, ({ deployment_object_id: objectId, status: told, summary, checked_at: checkedAt }) => {
      const status = healthStatuses.find((known) => known === told);
      if (status && world.objects.get(objectId))
        storeHealth(world, agent.id, { deployment_object_id: objectId, status, summary, checked_at: checkedAt });
    }),
    k8s_event: kind(kubernetesFrame, (body) => world.telemetry.take({ type: 'k8s_event', body })),
    pod_log_line: kind(lineFrame, (body) => world.telemetry.take({ type: 'pod_log_line', body })),
    log_gap: kind(gapFrame, (body) => world.telemetry.take({ type: 'log_gap', body }), { ofOthers: true }),
  };
}

/** An agent's own socket: one at a time, the newer closes the older. What it hears are hints; what it says is stored. */
export function openAgentSocket(world: World, agent: Agent): Feed {
  disconnect(world, agent);
  const queue = frameQueue({
    limit: laneFrames,
    loses: 'newest',
    onClose: () => {
      if (agent.socket === socket) disconnect(world, agent);
    },
  });
  const socket = { since: world.stamp(), messagesIn: 0, messagesOut: 0, link: queue };
  connect(world, agent, socket);
  const kinds = frameKinds(world, agent);
  return {
    frames: queue.frames,
    close: () => queue.close(),
    receive(text) {
      const frame = read(envelope, text);
      if (!frame || agent.socket !== socket || !Object.hasOwn(kinds, frame.type)) return;
      if (kinds[frame.type]?.(JSON.stringify(frame.body))) heard(world, agent, frame.type);
    },
  };
}
/** Counts a frame that an agent said and the broker understood. */
export function heard(world: World, agent: Agent, type: string): void {
  if (!agent.socket) return;
  agent.socket.messagesIn += 1;
  world.metrics.add('brokkr_ws_messages_total', { direction: 'in', type });
}
