import * as z from 'zod/mini';

/** How the broker spells things (CONTRACT 1.7, 4). Members that no one here needs are not named, and so dropped. */
const id = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/));
const at = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/));
const count = z.int().check(z.minimum(0));

export const WireAgent = z.object({
  id,
  created_at: at,
  updated_at: at,
  name: z.string(),
  cluster_name: z.string(),
  status: z.string(),
  last_heartbeat: z.nullable(at),
  k8s_reachable: z.nullable(z.boolean()),
  k8s_api_latency_ms: z.nullable(z.int()),
  k8s_reported_at: z.nullable(at),
});
export type WireAgent = z.infer<typeof WireAgent>;

export const WireFleetRecord = z.object({
  agent_id: id,
  name: z.string(),
  cluster_name: z.string(),
  status: z.string(),
  ws_connected: z.boolean(),
  connected_since: z.nullable(at),
  last_heartbeat: z.nullable(at),
  heartbeat_age_seconds: z.nullable(count),
  pending_object_count: count,
  pending_work_orders: count,
  claimed_work_orders: count,
  last_event_at: z.nullable(at),
  seconds_since_last_event: z.nullable(count),
  health_failing: count,
  health_degraded: count,
  k8s_reachable: z.nullable(z.boolean()),
  k8s_api_latency_ms: z.nullable(z.int()),
});
export type WireFleetRecord = z.infer<typeof WireFleetRecord>;

export const WireAgentEvent = z.object({
  id,
  created_at: at,
  agent_id: id,
  deployment_object_id: id,
  event_type: z.string(),
  status: z.string(),
  message: z.nullable(z.string()),
});
export type WireAgentEvent = z.infer<typeof WireAgentEvent>;

export const WireFleetStatus = z.object({ record: WireFleetRecord, recent_events: z.array(WireAgentEvent) });
export type WireFleetStatus = z.infer<typeof WireFleetStatus>;

export const WireConnections = z.object({
  connections: z.array(z.object({ agent_id: id, connected_since: at, messages_in: count, messages_out: count })),
});
export type WireConnections = z.infer<typeof WireConnections>;

export const WireLabel = z.object({ agent_id: id, label: z.string() });
export const WireAnnotation = z.object({ agent_id: id, key: z.string(), value: z.string() });
export const WireTarget = z.object({ agent_id: id, stack_id: id });
export const WireRegistration = z.object({ agent_id: id, generator_id: id, registered_at: at });
export type WireRegistration = z.infer<typeof WireRegistration>;

export const WireGenerator = z.object({
  id,
  created_at: at,
  name: z.string(),
  description: z.nullable(z.string()),
  is_active: z.boolean(),
  is_system: z.boolean(),
});
export type WireGenerator = z.infer<typeof WireGenerator>;
export const WireStack = z.object({
  id,
  created_at: at,
  updated_at: at,
  name: z.string(),
  description: z.nullable(z.string()),
  generator_id: id,
});
export type WireStack = z.infer<typeof WireStack>;
/** Where only the id is of use. */
export const WireOwnId = z.object({ id });
export const WireStackLabel = z.object({ stack_id: id, label: z.string() });
export const WireStackAnnotation = z.object({ stack_id: id, key: z.string(), value: z.string() });

const encoder = new TextEncoder();
const TextualRevision = z.object({
  id,
  sequence_id: count,
  stack_id: id,
  submitted_at: at,
  is_deletion_marker: z.boolean(),
  /** SHA-256; MD5 where the broker's database wrote the marker itself. */
  yaml_checksum: z.string().check(z.regex(/^[0-9a-f]{32}(?:[0-9a-f]{32})?$/)),
  yaml_content: z.string(),
});
/** A revision with its text; the size is that of the text before anything in it is masked. */
export const WireSubmission = z.pipe(
  TextualRevision,
  z.transform((row: z.infer<typeof TextualRevision>) => ({ ...row, bytes: encoder.encode(row.yaml_content).length })),
);
export type WireSubmission = z.infer<typeof WireSubmission>;
/** A revision whose text is measured and let go. */
export const WireRevision = z.pipe(
  WireSubmission,
  z.transform(({ yaml_content: _text, ...facts }: WireSubmission) => facts),
);
export type WireRevision = z.infer<typeof WireRevision>;

/** One of the `health_records` of an answer about a revision. */
export const WireHealthRecord = z.object({
  agent_id: id,
  status: z.string(),
  /** JSON as text. */
  summary: z.nullable(z.string()),
  checked_at: at,
  updated_at: at,
});
export type WireHealthRecord = z.infer<typeof WireHealthRecord>;

export const WireAuditLogs = z.object({
  logs: z.array(
    z.object({
      id,
      timestamp: at,
      actor_type: z.string(),
      actor_name: z.nullable(z.string()),
      action: z.string(),
      resource_type: z.string(),
      resource_id: z.nullable(z.string()),
      details: z.nullable(z.unknown()),
    }),
  ),
  total: count,
});
export type WireAuditLogs = z.infer<typeof WireAuditLogs>;

/** `POST /auth/pak`: exactly one of the three says what the key is. */
export const WireIdentity = z.object({ admin: z.boolean(), agent: z.nullable(id), generator: z.nullable(id), readonly: z.boolean() });
export const WireNewAgent = z.object({ agent: WireAgent, initial_pak: z.string() });
export const WireRotatedAgent = z.object({ agent: WireAgent, pak: z.string() });
