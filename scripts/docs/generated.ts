import { configuration } from './configuration.ts';
import { operationsTable } from './operations-table.ts';

/** The texts below docs/ that are made from code, by file name. */
export async function generatedDocs(): Promise<Record<string, string>> {
  return { 'configuration.md': configuration(), 'operations-table.md': await operationsTable() };
}
