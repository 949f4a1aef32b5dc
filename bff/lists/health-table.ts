import type { WireHealthRecord } from '#bff/broker/wire.ts';
import type { HealthRecord } from '#contract/reach.ts';
import { groups } from './breath.ts';
import type { Breathe } from './breath.ts';
import { healthRecord } from './health-record.ts';

interface AgedHealth {
  /** But for its age, which is told as it leaves. */
  facts: Omit<HealthRecord, 'ageMs'>;
  /** When the broker stored it. */
  updatedAt: string;
}
/** What each agent says of one revision, by agent. */
export type HealthTable = ReadonlyMap<string, AgedHealth>;

export async function healthTable(records: readonly WireHealthRecord[], breathe: Breathe): Promise<HealthTable> {
  const table = new Map<string, AgedHealth>();
  for (const group of groups(records)) {
    await breathe();
    for (const record of group) table.set(record.agent_id, { facts: healthRecord(record), updatedAt: record.updated_at });
  }
  return table;
}
