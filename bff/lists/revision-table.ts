import type { WireRevision } from '#bff/broker/wire.ts';
import type { Revision } from '#contract/stacks.ts';
import { createTable } from './table.ts';
import type { TableKind } from './table.ts';

/** A revision but for its age, which is told as it leaves. */
export type RevisionFacts = Omit<Revision, 'ageMs'>;
export const revisionFacts = (row: WireRevision): RevisionFacts => ({
  id: row.id,
  sequence: row.sequence_id,
  submittedAt: row.submitted_at,
  isDeletionMarker: row.is_deletion_marker,
  checksum: row.yaml_checksum,
  bytes: row.bytes,
});
const kind: TableKind<WireRevision, RevisionFacts> = {
  id: ({ id }) => id,
  columns: { sequence: ({ sequence_id: sequence }) => sequence, bytes: ({ bytes }) => bytes },
  filters: {},
  haystack: ({ id, sequence_id: sequence, yaml_checksum: checksum }) => `${sequence}\n${checksum}\n${id}`,
  show: revisionFacts,
};
export const revisionTable = (rows: readonly WireRevision[] = []) => createTable(kind, rows);
/** Null before the first. */
export function newestRevision(rows: Iterable<WireRevision>): RevisionFacts | null {
  let newest: WireRevision | undefined;
  for (const row of rows) if (newest === undefined || row.sequence_id > newest.sequence_id) newest = row;
  return newest === undefined ? null : revisionFacts(newest);
}
