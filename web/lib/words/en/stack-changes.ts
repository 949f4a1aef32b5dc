import { type Coverage, isWhole } from '#web/lib/coverage.ts';
import { counted } from '#web/lib/numbers.ts';

function losers(reached: number | null, coverage: Coverage): string {
  if (reached === null) return 'Every agent it reaches loses';
  if (reached === 0) return 'No agent known so far would lose';
  const lose = `${counted(reached, 'agent')} ${reached === 1 ? 'loses' : 'lose'}`;
  return isWhole(coverage) ? lose : `The reach of some agents is not known. At least ${lose}`;
}

/** Words of what is changed about a stack: its labels, its name, and that it ends. */
export const stackChanges = {
  labels: {
    effect: 'Agents registered with its generator that share any one label are reached, from their next poll on.',
    emptyText: 'A label reaches every agent with the same label that is registered with the stack’s generator.',
  },
  annotations: {
    effect: 'Agents registered with its generator that have the same key and the same value are reached, from their next poll on.',
    emptyText: 'An annotation reaches every agent with the same key and value that is registered with the stack’s generator.',
  },
  edit: {
    open: 'Edit…',
    title: (name: string) => `Edit ${name}`,
    submit: 'Save',
    nothingChanged: 'Nothing is changed yet.',
    done: (name: string) => `${name} is saved`,
    failed: 'Not saved',
    consequence: 'Agents are not touched: they know a stack by its id.',
  },
  remove: {
    open: 'Delete…',
    title: (name: string) => `Delete ${name}?`,
    confirm: 'Delete stack',
    cancel: 'Keep it',
    done: (name: string) => `${name} is deleted`,
    failed: 'Not deleted',
    consequences: (reached: number | null, coverage: Coverage): string[] => [
      `${losers(reached, coverage)} it: on a later poll an agent that saw it before deletes what it applied of it.`,
      'An agent that is offline across the deletion, or restarts before its next poll, deletes nothing: what it applied goes on running with nobody watching.',
      'All its revisions go with it. The deletion marker that the broker writes is served to nobody.',
      'Targets that name it stay with their agents and deliver nothing. The name is free again, for a stack with a new id.',
      'There is no undo.',
    ],
  },
  marker: {
    open: 'Submit deletion marker…',
    title: (name: string) => `Submit a deletion marker for ${name}?`,
    confirm: 'Submit deletion marker',
    cancel: 'Keep what runs',
    done: (sequence: number, name: string) => `Deletion marker ${sequence} is submitted for ${name}`,
    failed: 'Not submitted',
    isMarker: 'The current revision is a deletion marker already.',
    consequences: [
      'It becomes the current revision, and it is empty: each agent that takes it removes what it applied of this stack.',
      'The stack stays, with its labels, targets and revisions. A roll back brings everything back.',
      'Agents that are silent keep what they applied until they return.',
    ],
    goes: (count: number, sequence: number) => `${counted(count, 'object')} of revision ${sequence} ${count === 1 ? 'goes' : 'go'}`,
    nothingGoes: (sequence: number) => `Revision ${sequence} names no object.`,
    goesNotRead: 'Which objects go was not read',
    newer: (sequence: number) => `Revision ${sequence} was submitted meanwhile`,
    newerText: 'Nothing was sent. The list below is now of that revision; confirming again goes on from there.',
    looked: 'You looked at',
    now: 'Current now',
  },
} as const;
