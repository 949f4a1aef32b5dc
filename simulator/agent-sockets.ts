import { connect, disconnect, recordHeartbeat } from './agents.ts';
import { newEvent, storeEvent } from './events.ts';
import { frameQueue } from './frame-queue.ts';
import { storeHealth } from './health.ts';
import { parseJson } from './json-text.ts';
import type { Feed } from './ports.ts';
import { type Agent, healthStatuses } from './rows.ts';
import { anything, boolean, int32, optional, required, type Shape, ShapeError, string, struct, timestamp, uuid } from './shapes.ts';
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
const encoder = new TextEncoder();

function read<T>(shape: Shape<T>, text: string): T | undefined {
  try {
    return shape(parseJson(encoder.encode(text)).root, '');
  } catch (error) {
    if (error instanceof ShapeError) return undefined; // such a frame is dropped without a word
    throw error;
  }
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

  function take(type: string, body: string): void {
    if (type === 'heartbeat') {
      const report = read(heartbeatFrame, body);
      if (report) recordHeartbeat(world, agent, report); // no frame of the fleet's feed
    }
    if (type === 'agent_event') {
      const event = read(newEvent, body);
      if (event?.agent_id === agent.id && world.objects.get(event.deployment_object_id)) storeEvent(world, event);
    }
    if (type === 'agent_health') {
      const record = read(healthFrame, body);
      const status = healthStatuses.find((known) => known === record?.status);
      if (record?.agent_id !== agent.id || !status || !world.objects.get(record.deployment_object_id)) return;
      storeHealth(world, agent.id, {
        deployment_object_id: record.deployment_object_id,
        status,
        summary: record.summary,
        checked_at: record.checked_at,
      });
    }
  }
  return {
    frames: queue.frames,
    close: () => queue.close(),
    receive(text) {
      const frame = read(envelope, text);
      if (!frame || agent.socket !== socket) return;
      socket.messagesIn += 1;
      take(frame.type, JSON.stringify(frame.body));
    },
  };
}
