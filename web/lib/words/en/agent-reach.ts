import type { ReachReason } from '#contract/reach.ts';
import { counted, exactNumber } from '#web/lib/numbers.ts';
import { reach } from './reach.ts';

/** Words of the agent's tabs about stacks: which reach it and why, which nearly do, and what runs. */
export const agentReach = {
  title: 'Reached by',
  note: 'Every stack the broker delivers to this agent, and why.',
  notRead: (agent: string) => `What reaches ${agent} was not read`,
  columns: {
    stack: 'Stack',
    generator: 'Generator',
    reasons: 'Reached because of',
    newest: 'Newest',
    answer: 'Its answer',
    health: 'Health here',
    submitted: 'Submitted',
  },
  directTarget: 'direct target',
  label: 'label',
  annotation: 'annotation',
  and: 'and',
  reason: (reason: ReachReason) => (reason.by === 'target' ? 'direct target' : `${reason.by} ${reach.shared(reason)}`),
  reasonNotKnown: 'reason not read yet',
  reasonNotKnownMeaning: 'The broker delivers it; the labels or targets that explain it are not read yet.',
  unlisted: 'not in the list of generators',
  nothingSubmitted: 'nothing submitted',
  noAnswer: 'no answer yet',
  answersAge: (age: string) => `answers of agents read ${age} ago`,
  answersNotRead: 'answers of agents not read',
  total: (stacks: number) => `${counted(stacks, 'stack')} by name`,
  differs:
    'The broker’s list and the console’s own reckoning differ. The broker’s is shown; labels, annotations or targets were changed a moment ago, or are not read yet.',
  empty: 'No stack reaches this agent',
  emptyText:
    'A stack arrives by an explicit target, or by a label or annotation it shares with the agent, if the agent is registered with its generator.',
  coverage: (known: number, total: number, oldest: string | undefined) =>
    known >= total
      ? `labels known of all ${counted(total, 'stack')}${oldest === undefined ? '' : `, oldest ${oldest}`}`
      : `labels known of ${exactNumber(known)} of ${counted(total, 'stack')}${oldest === undefined ? '' : `, oldest ${oldest}`}`,
  coverageMeaning: 'Reasons and “nearly reached” are reckoned from the labels and annotations that the reach index has read.',

  nearly: {
    title: 'Nearly reached',
    note: 'These share a label or annotation, and still do not arrive.',
    shares: 'Shares',
    butNot: (generator: string) => `but this agent is not registered with ${generator}.`,
    register: (generator: string) => `Register with ${generator}…`,
    empty: 'Nothing is missing',
    emptyText: 'Every known stack that shares a label or annotation with this agent reaches it.',
    emptyPartly: 'None is known so far; not all stacks have been read.',
    columns: { stack: 'Stack', generator: 'Generator', shares: 'Why it does not arrive' },
    confirm: {
      title: (generator: string, agent: string) => `Register ${agent} with ${generator}?`,
      action: 'Register',
      stay: 'Leave it',
      arrives: (stacks: readonly string[]) =>
        `${stacks.join(', ')} ${stacks.length === 1 ? 'arrives' : 'arrive'} on the next poll of an active agent.`,
    },
  },

  health: {
    title: 'Health per object',
    note: 'What the agent’s newest records say of the objects of each stack that reaches it.',
    columns: { object: 'Object', stack: 'Stack', state: 'State', said: 'What it says', stored: 'Stored' },
    ready: 'ready',
    notReady: 'not ready',
    wasReady: 'was ready',
    wasNotReady: 'was not ready',
    whole: 'whole revision',
    noObjects: 'The record names no object.',
    empty: 'No health to show',
    emptyText: 'No stack with a revision reaches this agent, so there is nothing whose health it could tell.',
    objects: (objects: number, stacks: number) => `${counted(objects, 'object')} of ${counted(stacks, 'stack')}`,
  },
} as const;
