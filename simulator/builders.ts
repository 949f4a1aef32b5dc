import type { Traits } from './life.ts';
import { aConfigMap } from './yaml-samples.ts';
import type { HealthStatus } from './rows.ts';

/** Objects to put into a simulated broker, told by what matters and filled up with what does not. Others are named by name or id. */
export interface AgentSeed {
  id?: string;
  name: string;
  clusterName: string;
  status: string;
  /** Its key, where a test wants to speak as this agent. */
  pak?: string;
  labels: readonly string[];
  annotations: Readonly<Record<string, string>>;
  /** Registered with these besides the system generator. */
  generators: readonly string[];
  /** Explicitly targeted stacks; registers with their generators. */
  targets: readonly string[];
  createdAgeSeconds: number;
  /** Null: never heard of. */
  heartbeatAgeSeconds: number | null;
  k8s: { isReachable: boolean; latencyMs: number | null } | null;
  isConnected: boolean;
  /** Goes on heartbeating by arithmetic: steadily, or in bursts. */
  pulse?: { everySeconds: number; burst?: { everySeconds: number; lastsSeconds: number } };
  /** Really alive: heartbeats, applies what it is to apply, reports health. */
  life?: Traits;
}
export interface GeneratorSeed {
  id?: string;
  name: string;
  description: string | null;
  pak?: string;
  createdAgeSeconds: number;
}
export interface RevisionSeed {
  yaml: string;
  /** Absent: spread over the stack's life, the later ones closer together. */
  ageSeconds?: number;
  isDeletionMarker?: true;
  /** Other stacks' revisions came in between. */
  sequence?: number;
}
export interface StackSeed {
  id?: string;
  name: string;
  description: string | null;
  /** Made when it is not there yet. */
  generator: string;
  labels: readonly string[];
  annotations: Readonly<Record<string, string>>;
  /** Oldest first; a bare text is its YAML. */
  revisions: readonly (string | RevisionSeed)[];
  createdAgeSeconds: number;
}
export interface EventSeed {
  /** Its id, its name, or `name@cluster`. */
  agent: string;
  /** About this stack's newest object, or one so many before it. */
  stack: string;
  before?: number;
  eventType: string;
  status: string;
  message: string | null;
  ageSeconds: number;
}
export interface HealthSeed {
  agent: string;
  stack: string;
  before?: number;
  status: HealthStatus;
  /** What is wrong; absent, what the status usually means. */
  condition?: string;
  message?: string;
  ageSeconds: number;
}
export interface Seed {
  generators?: readonly GeneratorSeed[];
  stacks?: readonly StackSeed[];
  agents?: readonly AgentSeed[];
  events?: readonly EventSeed[];
  health?: readonly HealthSeed[];
}

export const anAgent = (told: Partial<AgentSeed> & { name: string }): AgentSeed => ({
  clusterName: 'fra-prod-1',
  status: 'ACTIVE',
  labels: [],
  annotations: {},
  generators: [],
  targets: [],
  createdAgeSeconds: 30 * 86_400,
  heartbeatAgeSeconds: 4,
  k8s: { isReachable: true, latencyMs: 11 },
  isConnected: false,
  ...told,
});
export const aGenerator = (told: Partial<GeneratorSeed> & { name: string }): GeneratorSeed => ({
  description: null,
  createdAgeSeconds: 60 * 86_400,
  ...told,
});
export const aStack = (told: Partial<StackSeed> & { name: string }): StackSeed => ({
  description: null,
  generator: 'platform',
  labels: [],
  annotations: {},
  revisions: [aConfigMap(told.name)],
  createdAgeSeconds: 20 * 86_400,
  ...told,
});
export const anEvent = (told: Partial<EventSeed> & { agent: string; stack: string }): EventSeed => ({
  eventType: 'DEPLOY',
  status: 'SUCCESS',
  message: null,
  ageSeconds: 90,
  ...told,
});
export const aHealthRecord = (told: Partial<HealthSeed> & { agent: string; stack: string }): HealthSeed => ({
  status: 'healthy',
  ageSeconds: 30,
  ...told,
});
export { aConfigMap, aDeployment } from './yaml-samples.ts';
