import type { DeploymentObject, Stack } from './rows.ts';
import { pairKey, type Tables } from './tables.ts';

/** Which stacks an agent serves and what of them it has not answered (CONTRACT 5). */
export interface Targeting {
  isRegistered(agentId: string, generatorId: string): boolean;
  stacksOf(agentId: string): Stack[];
  /** The newest live object of each served stack, newest first; `incremental` leaves out what the agent has reported on. */
  state(agentId: string, mode: 'full' | 'incremental'): DeploymentObject[];
  pendingCount(agentId: string): number;
}

export function targeting(tables: Tables): Targeting {
  const pending = new Map<string, number>(); // asked for the whole fleet at once, changed for few at a time
  const forgetAgent = ({ agent_id: id }: { agent_id: string }) => void pending.delete(id);
  const forgetAll = () => pending.clear();
  for (const table of [tables.labels, tables.annotations, tables.targets, tables.registrations, tables.events]) table.watch(forgetAgent);
  for (const table of [tables.stacks, tables.stackLabels, tables.stackAnnotations, tables.objects]) table.watch(forgetAll);

  function stacksOf(agentId: string): Stack[] {
    const served = new Map<string, Stack>();
    const live = (stackId: string) => {
      const stack = tables.stacks.get(stackId);
      return stack?.deleted_at === null ? stack : undefined;
    };
    for (const target of tables.targets.in('agent', agentId)) {
      const stack = live(target.stack_id); // an explicit target is not checked again for consent
      if (stack) served.set(stack.id, stack);
    }
    const consented = new Set(tables.registrations.in('agent', agentId).map((row) => row.generator_id));
    const match = (stackId: string) => {
      const stack = live(stackId);
      if (stack && consented.has(stack.generator_id)) served.set(stack.id, stack);
    };
    for (const { label } of tables.labels.in('agent', agentId))
      for (const row of tables.stackLabels.in('label', label)) match(row.stack_id);
    for (const { key, value } of tables.annotations.in('agent', agentId)) {
      for (const row of tables.stackAnnotations.in('pair', pairKey(key, value))) match(row.stack_id);
    }
    return [...served.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
  const newest = (stack: Stack) => tables.objects.in('stack', stack.id).findLast((object) => object.deleted_at === null);
  const isAnswered = (agentId: string, object: DeploymentObject) =>
    tables.events.in('pair', pairKey(agentId, object.id)).some((event) => event.deleted_at === null);

  function state(agentId: string, mode: 'full' | 'incremental'): DeploymentObject[] {
    const objects = stacksOf(agentId).flatMap((stack) => newest(stack) ?? []);
    const wanted = mode === 'full' ? objects : objects.filter((object) => !isAnswered(agentId, object));
    return wanted.toSorted((a, b) => b.sequence_id - a.sequence_id);
  }
  return {
    isRegistered: (agentId, generatorId) => tables.registrations.in('agent', agentId).some((row) => row.generator_id === generatorId),
    stacksOf,
    state,
    pendingCount(agentId) {
      const known = pending.get(agentId);
      if (known !== undefined) return known;
      const count = state(agentId, 'incremental').length;
      pending.set(agentId, count);
      return count;
    },
  };
}
