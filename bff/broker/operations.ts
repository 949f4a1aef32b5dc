const MIB = 1024 * 1024;

/** What a call does decides how long it may take, how much it may answer, and whether it may be repeated. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the broker's origin; `{name}` is one encoded segment. */
  path: string;
  /** `question` is a POST that changes nothing; only `read` and `snapshot` are ever sent twice. */
  class: 'read' | 'snapshot' | 'question' | 'change';
  /** The one status that means done. */
  expects: 200 | 201 | 204;
  /** Largest answer, decoded. */
  maxBytes: number;
  totalMs: number;
  /** The member of the answer that is a new PAK: anywhere else such text is an alarm. */
  issues?: 'initial_pak' | 'pak';
}

const read = { method: 'GET', class: 'read', expects: 200, maxBytes: 10 * MIB, totalMs: 15_000 } as const;
/** Whole lists: large, slow, and parsed off the serving thread. */
const snapshot = { method: 'GET', class: 'snapshot', expects: 200, maxBytes: 128 * MIB, totalMs: 60_000 } as const;
const change = { class: 'change', maxBytes: 10 * MIB, totalMs: 15_000 } as const;
const created = { ...change, method: 'POST', expects: 201 } as const;
const removed = { ...change, method: 'DELETE', expects: 204 } as const;

/**
 * Everything the console may ask of the broker. What is not here does not exist: among it the agents' own operations and
 * `GET /agents/{id}/webhooks/pending`, a read that claims deliveries and answers secrets.
 */
export const operations = {
  introspect: { ...read, method: 'POST', class: 'question', path: '/api/v1/auth/pak' },
  ready: { ...read, path: '/readyz', totalMs: 2_000, maxBytes: 4_096 },
  readMetrics: { ...read, path: '/metrics' },
  readDescription: { ...read, path: '/docs/openapi.json' },

  /** All agents, or those registered with the generator whose key asks. */
  listAgents: { ...snapshot, path: '/api/v1/agents' },
  listRegisteredAgents: { ...snapshot, path: '/api/v1/generators/{generatorId}/registered-agents' },
  listFleet: { ...snapshot, path: '/api/v1/fleet' },
  listAgentEvents: { ...snapshot, path: '/api/v1/agent-events' },
  listEventsOfAgent: { ...snapshot, path: '/api/v1/agents/{agentId}/events' },
  listGenerators: { ...snapshot, path: '/api/v1/generators' },
  listStacks: { ...snapshot, path: '/api/v1/stacks' },

  readAgent: { ...read, path: '/api/v1/agents/{agentId}' },
  readFleetStatus: { ...read, path: '/api/v1/agents/{agentId}/fleet-status' },
  createAgent: { ...created, path: '/api/v1/agents', issues: 'initial_pak' },
  updateAgent: { ...change, method: 'PUT', expects: 200, path: '/api/v1/agents/{agentId}' },
  deleteAgent: { ...removed, path: '/api/v1/agents/{agentId}' },
  rotateAgentPak: { ...change, method: 'POST', expects: 200, path: '/api/v1/agents/{agentId}/rotate-pak', issues: 'pak' },
  listConnections: { ...read, path: '/api/v1/admin/ws/connections' },

  listAgentLabels: { ...read, path: '/api/v1/agents/{agentId}/labels' },
  addAgentLabel: { ...created, path: '/api/v1/agents/{agentId}/labels' },
  removeAgentLabel: { ...removed, path: '/api/v1/agents/{agentId}/labels/{label}' },
  listAgentAnnotations: { ...read, path: '/api/v1/agents/{agentId}/annotations' },
  addAgentAnnotation: { ...created, path: '/api/v1/agents/{agentId}/annotations' },
  removeAgentAnnotation: { ...removed, path: '/api/v1/agents/{agentId}/annotations/{key}' },

  listAgentTargets: { ...read, path: '/api/v1/agents/{agentId}/targets' },
  addAgentTarget: { ...created, path: '/api/v1/agents/{agentId}/targets' },
  removeAgentTarget: { ...removed, path: '/api/v1/agents/{agentId}/targets/{stackId}' },
  listAgentStacks: { ...read, path: '/api/v1/agents/{agentId}/stacks' },
  listAgentRegistrations: { ...read, path: '/api/v1/agents/{agentId}/registrations' },
  registerAgent: { ...created, path: '/api/v1/generators/{generatorId}/register' },
  /** A DELETE that needs a body: the agent's id travels there. */
  deregisterAgent: { ...removed, path: '/api/v1/generators/{generatorId}/register' },

  readStack: { ...read, path: '/api/v1/stacks/{stackId}' },
  createStack: { ...created, path: '/api/v1/stacks' },
  updateStack: { ...change, method: 'PUT', expects: 200, path: '/api/v1/stacks/{stackId}' },
  deleteStack: { ...removed, path: '/api/v1/stacks/{stackId}' },
  listStackLabels: { ...read, path: '/api/v1/stacks/{stackId}/labels' },
  addStackLabel: { ...created, path: '/api/v1/stacks/{stackId}/labels' },
  removeStackLabel: { ...removed, path: '/api/v1/stacks/{stackId}/labels/{label}' },
  listStackAnnotations: { ...read, path: '/api/v1/stacks/{stackId}/annotations' },
  addStackAnnotation: { ...created, path: '/api/v1/stacks/{stackId}/annotations' },
  removeStackAnnotation: { ...removed, path: '/api/v1/stacks/{stackId}/annotations/{key}' },
  /** Every revision with its whole text. */
  listDeploymentObjects: { ...snapshot, maxBytes: 64 * MIB, path: '/api/v1/stacks/{stackId}/deployment-objects' },
  submitDeploymentObject: { ...created, path: '/api/v1/stacks/{stackId}/deployment-objects' },
  /** What each agent says of one revision. */
  readDeploymentHealth: { ...snapshot, maxBytes: 64 * MIB, path: '/api/v1/deployment-objects/{revisionId}/health' },
  readDeploymentObject: { ...read, path: '/api/v1/deployment-objects/{revisionId}' },

  readGenerator: { ...read, path: '/api/v1/generators/{generatorId}' },
  listAuditLogs: { ...read, path: '/api/v1/admin/audit-logs' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
type Placeholders<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;
/** The path parameters an operation needs, by name. */
export type ParamsOf<Name extends OperationName> = Record<Placeholders<(typeof operations)[Name]['path']>, string>;
