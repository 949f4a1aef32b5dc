import { agentStates, type AgentState } from '#contract/agents.ts';
import { type Filter, formatFilter } from '#contract/list.ts';
import { tallyByMark, type TallyPart } from './roll-up.ts';
import { agentSign, type MarkKind } from './state-vocabulary.ts';

const badness: readonly MarkKind[] = ['bad', 'silent', 'warn', 'stale', 'unknown', 'pending', 'off', 'ok'];
/** Agents by mark, worst first. */
export const agentTally = (tally: Partial<Record<AgentState, number>>): TallyPart[] => tallyByMark(tally, agentStates, agentSign, badness);

/** `cluster` or `label:region`; anything else groups nothing. */
export function groupingOf(text: string | undefined): string | undefined {
  return text !== undefined && /^(cluster|label:[^\s:=]{1,60})$/.test(text) ? text : undefined;
}
/** Keys of labels that have the form `key:value` or `key=value`, the most used first. */
export function labelKeys(labels: readonly { value: string; count: number }[]): string[] {
  const uses = new Map<string, number>();
  for (const { value, count } of labels) {
    const key = /^([^\s:=]{1,60})[:=]./.exec(value)?.[1];
    if (key !== undefined) uses.set(key, (uses.get(key) ?? 0) + count);
  }
  return [...uses].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([key]) => key);
}

/** What the API takes for one filter. */
const longestFilter = 600;
/**
 * The filter that leaves the agents of one group: those of a cluster, those with a label in either spelling, or for the empty
 * key those without any. Undefined where that cannot be asked.
 * @param keys all keys of the grouping
 */
export function groupFilter(by: string, key: string, keys: readonly string[]): string | undefined {
  const labelKey = by.startsWith('label:') ? by.slice('label:'.length) : undefined;
  const spelled = (value: string) => [`${labelKey}:${value}`, `${labelKey}=${value}`];
  const filter: Filter =
    labelKey === undefined
      ? { field: 'cluster', values: [key], negated: false }
      : key === ''
        ? { field: 'label', values: keys.filter((one) => one !== '').flatMap(spelled), negated: true }
        : { field: 'label', values: spelled(key), negated: false };
  const text = formatFilter(filter);
  return filter.values.length > 0 && text.length <= longestFilter ? text : undefined;
}
