import { IntSet } from '#bff/lists/int-set.ts';
import { Names } from './names.ts';

export type Side = 'agents' | 'stacks';

/** Which agents and which stacks carry a tag. A tag that nobody carries any more is forgotten. */
export function createTagLinks() {
  const names = new Names();
  const links: (Record<Side, IntSet> | undefined)[] = [];

  return {
    find: (name: string) => names.find(name),
    nameOf: (tag: number) => names.nameOf(tag),
    numberOf(name: string): number {
      const tag = names.numberOf(name);
      links[tag] ??= { agents: new IntSet(), stacks: new IntSet() };
      return tag;
    },
    carriers: (side: Side, tag: number): number[] => links[tag]?.[side].values() ?? [],
    has: (side: Side, tag: number, number: number): boolean => links[tag]?.[side].has(number) ?? false,
    mark(side: Side, tag: number, bits: Uint32Array) {
      links[tag]?.[side].mark(bits);
    },
    /** Lets a carrier have these tags where it had those. */
    relink(side: Side, number: number, before: readonly number[], next: readonly number[]) {
      for (const tag of next) links[tag]?.[side].add(number);
      for (const tag of before) {
        const link = links[tag];
        if (link === undefined || next.includes(tag)) continue;
        link[side].delete(number);
        if (link.agents.size > 0 || link.stacks.size > 0) continue;
        names.release(names.nameOf(tag));
        links[tag] = undefined;
      }
    },
  };
}
