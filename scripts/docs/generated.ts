import { operationsTable } from './operations-table.ts';

/** The texts below docs/ that are made from code, by file name. */
export async function generatedDocs(): Promise<Record<string, string>> {
  return { 'operations-table.md': await operationsTable() };
}
