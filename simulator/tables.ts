import type {
  Agent,
  AgentAnnotation,
  AgentEvent,
  AgentLabel,
  AgentTarget,
  DeploymentObject,
  Generator,
  HealthRecord,
  Registration,
  Stack,
  StackAnnotation,
  StackLabel,
} from './rows.ts';
import { Table } from './table.ts';

export interface Tables {
  agents: Table<Agent>;
  labels: Table<AgentLabel, 'agent'>;
  annotations: Table<AgentAnnotation, 'agent'>;
  targets: Table<AgentTarget, 'agent' | 'stack'>;
  registrations: Table<Registration, 'agent' | 'generator'>;
  generators: Table<Generator>;
  stacks: Table<Stack>;
  stackLabels: Table<StackLabel, 'stack' | 'label'>;
  stackAnnotations: Table<StackAnnotation, 'stack' | 'pair'>;
  objects: Table<DeploymentObject, 'stack'>;
  events: Table<AgentEvent, 'agent' | 'pair'>;
  health: Table<HealthRecord, 'agent' | 'object'>;
}
export const pairKey = (left: string, right: string) => `${left}\u0000${right}`;

export const tables = (): Tables => ({
  agents: new Table({}),
  labels: new Table({ agent: (row) => row.agent_id }),
  annotations: new Table({ agent: (row) => row.agent_id }),
  targets: new Table({ agent: (row) => row.agent_id, stack: (row) => row.stack_id }),
  registrations: new Table({ agent: (row) => row.agent_id, generator: (row) => row.generator_id }),
  generators: new Table({}),
  stacks: new Table({}),
  stackLabels: new Table({ stack: (row) => row.stack_id, label: (row) => row.label }),
  stackAnnotations: new Table({ stack: (row) => row.stack_id, pair: (row) => pairKey(row.key, row.value) }),
  objects: new Table({ stack: (row) => row.stack_id }),
  events: new Table({ agent: (row) => row.agent_id, pair: (row) => pairKey(row.agent_id, row.deployment_object_id) }),
  health: new Table({ agent: (row) => row.agent_id, object: (row) => row.deployment_object_id }),
});
