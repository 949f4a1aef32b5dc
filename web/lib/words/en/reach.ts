import type { ReachReason } from '#contract/reach.ts';
import { counted, exactNumber } from '#web/lib/numbers.ts';

/** What a stack and an agent have in common, as the broker spells it. */
const shared = (reason: ReachReason) =>
  reason.by === 'label' ? reason.label : reason.by === 'annotation' ? `${reason.key} = ${reason.value}` : '';
const isKnown = (ready: number | null, total: number | null): total is number => ready !== null && total !== null && total > 0;

/** Words of one stack and one agent that it reaches, on the page of either. */
export const reach = {
  shared,
  appliedMeaning: 'It said so once. Only a fresh health record shows that anything runs.',
  noRecord: 'no record',
  noRecordMeaning: 'The agent has stored no health record of this revision. Whether anything runs is not known.',
  notRead: 'not read',
  notReadMeaning: 'The health records could not be read this time. Whether anything runs is not known.',
  old: (word: string) => `${word}, old`,
  oldMeaning: 'Older than 3 min: it says what was, not what is.',
  /** Empty where the record counts none. */
  pods: (ready: number | null, total: number | null) => (isKnown(ready, total) ? `${exactNumber(ready ?? 0)}/${exactNumber(total)}` : ''),
  podsMeaning: 'Pods ready, of all',
  podsInFull: (ready: number | null, total: number | null) =>
    isKnown(ready, total) ? `${exactNumber(ready ?? 0)}/${counted(total, 'pod')}` : '',
} as const;
