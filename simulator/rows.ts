import type { Rhythm } from './rhythms.ts';
import type { Micros } from './time.ts';

interface Dated {
  id: string;
  created_at: Micros;
  updated_at: Micros;
  deleted_at: Micros | null;
}
export interface Agent extends Dated {
  name: string;
  cluster_name: string;
  last_heartbeat: Micros | null;
  status: string;
  k8s_reachable: boolean | null;
  k8s_api_latency_ms: number | null;
  k8s_reported_at: Micros | null;
  pak_hash: string | null;
  socket: Socket | null;
  /** Heartbeats by arithmetic, for the many agents that are not alive. */
  rhythm: Rhythm | null;
}
export interface Socket {
  since: Micros;
  messagesIn: number;
  messagesOut: number;
  /** Where a real one is held open by whoever carries it. */
  link?: { push(frame: string): void; close(): void };
}
export interface Generator extends Dated {
  name: string;
  description: string | null;
  /** Nobody writes it but a caller's own PUT. */
  last_active_at?: Micros;
  is_active: boolean;
  is_system: boolean;
  pak_hash: string | null;
}
export interface Stack extends Dated {
  name: string;
  description: string | null;
  generator_id: string;
}
export interface DeploymentObject extends Dated {
  sequence_id: number;
  stack_id: string;
  yaml_content: string;
  yaml_checksum: string;
  is_deletion_marker: boolean;
}
export interface AgentEvent extends Dated {
  agent_id: string;
  deployment_object_id: string;
  event_type: string;
  status: string;
  message: string | null;
}
export interface AgentLabel {
  id: string;
  agent_id: string;
  label: string;
}
export interface AgentAnnotation {
  id: string;
  agent_id: string;
  key: string;
  value: string;
}
export interface AgentTarget {
  id: string;
  agent_id: string;
  stack_id: string;
}
export interface Registration {
  id: string;
  agent_id: string;
  generator_id: string;
  registered_at: Micros;
}
export interface StackLabel {
  id: string;
  stack_id: string;
  label: string;
}
export interface StackAnnotation {
  id: string;
  stack_id: string;
  key: string;
  value: string;
}
export const healthStatuses = ['healthy', 'degraded', 'failing', 'unknown'] as const;
export type HealthStatus = (typeof healthStatuses)[number];
export interface HealthRecord {
  id: string;
  agent_id: string;
  deployment_object_id: string;
  status: HealthStatus;
  /** JSON as a string. */
  summary: string | null;
  checked_at: Micros;
  created_at: Micros;
  updated_at: Micros;
}
