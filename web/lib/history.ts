import type { AuditRow } from '#contract/audit.ts';
import { outcomeSign, type StateSign } from './state-vocabulary.ts';
import { audit } from './words/en/audit.ts';

/** One change of one thing, as its history tells it. */
export type HistoryRow = Pick<AuditRow, 'seq' | 'at' | 'type' | 'person' | 'outcome' | 'code' | 'reason' | 'requestId'>;

export const actionOf = ({ type }: HistoryRow): string => audit.actions[type];
export const whoOf = ({ person }: HistoryRow): string => person?.name ?? audit.nobody;
export const outcomeOf = ({ outcome, code }: HistoryRow): { sign: StateSign; meaning: string } => ({
  sign: outcomeSign(outcome),
  meaning: code ?? audit.outcomeMeaning[outcome],
});
/** The newest change that happened. */
export const lastChange = (rows: readonly HistoryRow[]): HistoryRow | undefined => rows.find(({ outcome }) => outcome === 'success');
