import type { AgentEvent } from '#contract/agents.ts';
import type { GeneratorRow } from '#contract/generators.ts';
import type { StackRow } from '#contract/stacks.ts';
import type { WireAgentEvent, WireGenerator, WireStack } from '#bff/broker/wire.ts';
import { createTable } from './table.ts';
import type { TableKind } from './table.ts';
import { sortableTime } from './time.ts';

const lower = (text: string) => text.toLowerCase();

const generatorKind: TableKind<WireGenerator, GeneratorRow> = {
  id: ({ id }) => id,
  columns: { name: ({ name }) => lower(name), createdAt: ({ created_at: at }) => sortableTime(at) },
  filters: { active: ({ is_active: isActive }) => String(isActive) },
  haystack: ({ id, name, description }) => `${name}\n${description ?? ''}\n${id}`,
  show: ({ id, name, description, is_active: isActive, created_at: createdAt }) => ({ id, name, description, isActive, createdAt }),
};
export const generatorTable = (rows: readonly WireGenerator[] = []) => createTable(generatorKind, rows);

/** Stacks know their generator by id; its name comes from the table beside. */
const stackKind = (nameOfGenerator: (id: string) => string | null): TableKind<WireStack, StackRow> => ({
  id: ({ id }) => id,
  columns: { name: ({ name }) => lower(name), generator: ({ generator_id: id }) => lower(nameOfGenerator(id) ?? '') },
  filters: { generator: ({ generator_id: id }) => id },
  haystack: ({ id, name, description, generator_id: generatorId }) =>
    `${name}\n${description ?? ''}\n${nameOfGenerator(generatorId) ?? ''}\n${id}`,
  show: ({ id, name, description, generator_id: generatorId }) => ({
    id,
    name,
    description,
    generatorId,
    generatorName: nameOfGenerator(generatorId),
  }),
});
export const stackTable = (nameOfGenerator: (id: string) => string | null, rows: readonly WireStack[] = []) =>
  createTable(stackKind(nameOfGenerator), rows);

/** An event but for its age, which is told from the agent's own record. */
export type EventFacts = Omit<AgentEvent, 'ageMs'>;
export const eventFacts = (event: WireAgentEvent): EventFacts => ({
  id: event.id,
  at: event.created_at,
  deploymentObjectId: event.deployment_object_id,
  eventType: event.event_type,
  status: event.status,
  message: event.message,
});
const eventKind: TableKind<WireAgentEvent, EventFacts> = {
  id: ({ id }) => id,
  columns: {
    at: ({ created_at: at }) => sortableTime(at),
    status: ({ status }) => lower(status),
    eventType: ({ event_type: type }) => lower(type),
  },
  filters: { status: ({ status }) => status, eventType: ({ event_type: type }) => type },
  haystack: ({ deployment_object_id: objectId, event_type: type, status, message }) => `${objectId}\n${type}\n${status}\n${message ?? ''}`,
  show: eventFacts,
};
export const eventTable = (rows: readonly WireAgentEvent[] = []) => createTable(eventKind, rows);
