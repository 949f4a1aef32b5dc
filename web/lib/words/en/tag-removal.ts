import { counted, exactNumber } from '#web/lib/numbers.ts';
import { listed } from './listed.ts';

const mostNamed = 3;
const named = (names: readonly string[]) =>
  names.length <= mostNamed ? listed(names) : `${names.slice(0, mostNamed).join(', ')} and ${exactNumber(names.length - mostNamed)} more`;

/** What taking a label or an annotation off does. */
export const tagRemoval = {
  title: (tag: string, name: string) => `Remove ${tag} from ${name}?`,
  confirm: 'Remove it',
  cancel: 'Keep it',
  reading: 'What hangs on it is being read.',
  notRead: 'What hangs on it was not read. Removing it can take stacks away from agents.',
  notIndexed: 'Whom it reaches is not known yet. Removing it can take the stack away from agents.',
  notShown: 'Whom it reaches is not shown to your key. Removing it can take the stack away from agents.',
  busy: 'Another change of this set is under way.',
  nothing: 'Nothing hangs on it: no agent gains or loses a stack.',

  stacksLeave: (stacks: readonly string[]) =>
    `${named(stacks)} no longer ${stacks.length === 1 ? 'reaches' : 'reach'} it: on a later poll it deletes what it applied of ${stacks.length === 1 ? 'it' : 'them'}; offline across the change, it deletes nothing.`,
  stacksStay: (stacks: readonly string[]) => `${named(stacks)} ${stacks.length === 1 ? 'goes' : 'go'} on reaching it for another reason.`,
  stacksUnexplained: (stacks: readonly string[]) =>
    `Why ${named(stacks)} reach${stacks.length === 1 ? 'es' : ''} it is not known: that may end too.`,
  stacksUnread: (known: number, total: number) =>
    `The labels of ${exactNumber(known)} of ${counted(total, 'stack')} are known; others may end too.`,

  agentsLose: (agents: number) =>
    `Up to ${counted(agents, 'agent')} ${agents === 1 ? 'loses' : 'lose'} the stack: on a later poll what was applied of it is deleted, but for agents that are offline across the change or have it as an explicit target.`,
  agentsKeep: (agents: number) => `${counted(agents, 'agent')} ${agents === 1 ? 'keeps' : 'keep'} it for another reason.`,
  agentsUnread: (known: number, total: number) => `Known of ${exactNumber(known)} of ${counted(total, 'agent')}; others may lose it too.`,
} as const;
