import type { Coverage } from '#web/lib/coverage.ts';
import { counted, exactNumber, formatCount } from '#web/lib/numbers.ts';
import { atLeast } from './at-least.ts';

/** Words of the list of stacks, and of what every screen says about reach. */
export const stacks = {
  title: 'Stacks',
  total: (total: number, of: number) => (total === of ? counted(total, 'stack') : `${formatCount(total)} of ${counted(of, 'stack')}`),
  hidden: (count: number) => `${formatCount(count)} hidden by tenant scope`,
  columns: {
    name: 'Stack',
    generator: 'Generator',
    state: 'State',
    revision: 'Revision',
    revisionAge: 'Submitted',
    reached: 'Reached',
    rollUp: 'Agents by state',
    labels: 'Labels',
    updatedAt: 'Changed',
  },
  filters: { generator: 'generator', label: 'label' },
  find: 'Find by name or description',
  notRead: 'The stacks were not read',
  empty: 'No stacks yet',
  emptyText:
    'A stack is a bundle of Kubernetes objects with its revisions. Create one, submit a first revision, and give it labels or targets.',
  emptyForOthers: 'A stack is a bundle of Kubernetes objects with its revisions. An operator creates the first one.',
  noMatch: 'No stack matches',
  noMatchText: (of: number) => `The filters leave none of ${counted(of, 'stack')}.`,
  factsPartial: (read: number, all: number) => `Labels and revisions of ${read} of ${all} stacks read`,
  notReadShort: 'not read',
  noRevision: 'none yet',
  deletionMarker: 'deletion marker',
  unlistedGenerator: 'not in the list',
  reachUnknown: 'not known',
  reachBegins: 'No agent is known yet: whom stacks reach is told as it is read.',
  reachNotShown: 'Your key does not show whom stacks reach and what agents made of them. An account or an admin key sees it.',
  reachedHint: 'Agents it reaches by target, label or annotation, as far as the reach index knows',
  reaches: (reached: number, coverage: Coverage | undefined) => `reaches ${atLeast(counted(reached, 'agent'), coverage)}`,
  reachedAtLeast: (reached: number) => `≥ ${formatCount(reached)}`,
  reachesUnknown: 'reach not known',
  /** Every number from the index says how much of the fleet it knows, and how old the oldest of that is. */
  coverage: (known: number, total: number, oldest: string | undefined) =>
    `${exactNumber(known)} of ${exactNumber(total)} ${total === 1 ? 'agent' : 'agents'}${oldest === undefined ? '' : `, oldest ${oldest}`}`,
  coverageLabel: 'Reach known for',
  coverageMeaning: 'The broker cannot be asked whom a stack reaches. The console reads it agent by agent; the rest is not known yet.',
  tally: 'Agents by state',

  create: {
    open: 'Create stack',
    title: 'Create stack',
    name: 'Name',
    nameNoun: 'name',
    nameHint: 'Unique among all stacks of all generators.',
    generator: 'Generator',
    generatorHint: 'Owns the stack. Only agents registered with it can be reached.',
    generatorMissing: 'Pick the generator that owns it.',
    generatorsNotRead: 'The list of generators was not read.',
    noGenerators: 'No generators yet',
    description: 'Description',
    descriptionHint: 'Optional, up to 2,000 characters.',
    tooLong: (length: number) => `${exactNumber(length)} characters; a description has at most 2,000.`,
    submit: 'Create stack',
    consequence: 'It reaches nobody until it has a revision, and labels, annotations or targets.',
    failed: 'Stack not created',
    done: (name: string) => `${name} is created`,
  },
} as const;
