import type { Breathe } from '#bff/lists/breath.ts';
import { nameKey } from '#contract/kubernetes-shape.ts';
import type { ResourceChange, ResourceName } from '#contract/revisions.ts';
import { diffLines } from './diff-lines.ts';
import type { DiffRoom } from './diff-lines.ts';
import { namedDocuments } from './resource-name.ts';
import type { NamedDocument } from './resource-name.ts';

export interface BundleDiff {
  resources: ResourceChange[];
  addedLines: number;
  removedLines: number;
  /** Lines beyond the 5,000th were left out; the counts are of all. */
  truncated: boolean;
}
const mostLines = 5_000;
/** About a tenth of a second: two texts of full size that have everything in common take less. */
const mostSteps = 5_000_000;
const nameless: ResourceName = { apiVersion: '', kind: '', namespace: null, name: '' };

/** The objects of a bundle, in its order. */
export function resourcesOf(text: string): ResourceName[] {
  return namedDocuments(text).flatMap(({ resource }) => resource ?? []);
}

/**
 * What changes per object when one bundle follows another. Objects are found by group, kind, namespace and name wherever
 * they stand; of several with one name, and of documents without any, the first is compared with the first. Others are let
 * in between two objects: thousands of them take longer than a request may wait.
 */
export async function diffBundles(before: string, after: string, breathe: Breathe): Promise<BundleDiff> {
  const old = keyed(namedDocuments(before));
  const next = keyed(namedDocuments(after));
  const room = { budget: { left: mostSteps }, mostLines };
  let truncated = false;
  const resources: ResourceChange[] = [];
  async function compare(one: NamedDocument | undefined, other: NamedDocument | undefined) {
    await breathe();
    const { isCut, ...change } = changeOf(one, other, room);
    room.mostLines -= change.lines.length;
    truncated ||= isCut;
    resources.push(change);
  }
  for (const [key, document] of next) await compare(old.get(key), document);
  for (const [key, document] of old) if (!next.has(key)) await compare(document, undefined);
  const sum = (count: (change: ResourceChange) => number) => resources.reduce((total, change) => total + count(change), 0);
  return { resources, addedLines: sum((it) => it.addedLines), removedLines: sum((it) => it.removedLines), truncated };
}

/** Documents by name and, among those of one name, by place. */
function keyed(documents: readonly NamedDocument[]): Map<string, NamedDocument> {
  const seen = new Map<string, number>();
  return new Map(
    documents.map((named) => {
      const name = named.resource === null ? '' : nameKey(named.resource);
      const place = seen.get(name) ?? 0;
      seen.set(name, place + 1);
      return [`${name}\0${place}`, named];
    }),
  );
}
function changeOf(old: NamedDocument | undefined, next: NamedDocument | undefined, room: DiffRoom): ResourceChange & { isCut: boolean } {
  const resource = next?.resource ?? old?.resource ?? nameless;
  const none = { text: '', line: 1 };
  if (old === undefined) return { resource, change: 'added', ...diffLines(none, next?.document ?? none, room) };
  if (next === undefined) return { resource, change: 'removed', ...diffLines(old.document, none, room) };
  const same = { resource, change: 'same', addedLines: 0, removedLines: 0, lines: [], isCut: false } as const;
  if (old.document.text === next.document.text) return { ...same, lines: [] };
  const found = diffLines(old.document, next.document, room);
  // Two texts may differ in nothing but their last line end.
  return found.addedLines + found.removedLines === 0 ? { ...same, lines: [] } : { resource, change: 'changed', ...found };
}
