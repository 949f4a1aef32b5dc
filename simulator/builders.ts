import type { Traits } from './life.ts';
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
export interface StackSeed {
  id?: string;
  name: string;
  description: string | null;
  /** Made when it is not there yet. */
  generator: string;
  labels: readonly string[];
  annotations: Readonly<Record<string, string>>;
  /** YAML of each revision, oldest first. */
  revisions: readonly string[];
  createdAgeSeconds: number;
  /** Of the newest revision; the others lie between, the later the closer. Left out, the first comes with the stack. */
  revisedAgeSeconds?: number;
}
export interface EventSeed {
  /** Its id, its name, or `name@cluster`. */
  agent: string;
  /** About this stack's newest object, or the one so many revisions before it. */
  stack: string;
  revisionsBack?: number;
  eventType: string;
  status: string;
  message: string | null;
  ageSeconds: number;
}
export interface HealthSeed {
  agent: string;
  stack: string;
  status: HealthStatus;
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

export const aConfigMap = (name: string, mode = 'on') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${name}\ndata:\n  MODE: "${mode}"\n`;
export const aDeployment = (name: string, image: string, replicas = 2) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: ${name}\nspec:\n  replicas: ${String(replicas)}\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n    spec:\n      containers:\n        - name: ${name}\n          image: ${image}\n`;
