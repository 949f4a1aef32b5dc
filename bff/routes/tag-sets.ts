import type { BrokerTags } from '#bff/broker/agent-tags.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import type { TagLists } from '#bff/lists/tag-lists.ts';
import type { TagSet, TagSets } from '#bff/lists/tag-sets.ts';
import type { World } from '#bff/lists/world.ts';
import type { Context } from '#bff/pipeline/route.ts';
import type { Annotation } from '#contract/agent-tags.ts';
import { ProblemError } from '#contract/problem.ts';
import { sendChange } from './send-change.ts';

/** Agents and stacks carry labels and annotations alike; this is where they differ. */
export interface TagOwner {
  tags(world: World): TagLists;
  broker(world: World): BrokerTags;
  /** That it exists, from a read that everybody shares: the broker answers an empty set for any id. @throws `not_found` */
  exists(id: string, context: Context): Promise<unknown>;
  /** The same this moment, with its name for the audit. @throws `not_found` */
  readNow(id: string, context: Context): Promise<unknown>;
  /** Its labels or annotations were changed: what is known of it may differ now. */
  outdated(id: string, world: World): void;
}
interface Change<T> {
  sets: TagSets<T>;
  /** What the audit calls the set, and the one item that comes or goes. */
  noun: 'labels' | 'annotations';
  item: object;
  /** The set with the change made. */
  apply: (items: readonly T[]) => T[];
  send: (scope: CallScope) => Promise<unknown>;
}

/** What people do with the labels and annotations of one kind of owner. */
export function tagActions(owner: TagOwner) {
  /** Adds to or takes from one owner's set, if it still is what the person saw. */
  async function change<T>(id: string, etag: string, context: Context, { sets, noun, item, apply, send }: Change<T>): Promise<TagSet<T>> {
    const [, before] = await Promise.all([owner.readNow(id, context), sets.fresh(id, context)]);
    if (before.etag !== etag) throw new ProblemError('changed_meanwhile', `The ${noun} were changed meanwhile`, { current: before });
    context.observe({ before: { [noun]: before.items } });
    await sendChange(context, send, () => {
      sets.forget(id);
      owner.outdated(id, context.world);
    });
    const after = await sets.changed(id, apply(before.items), context);
    context.observe({ after: { ...item, [noun]: after.items } });
    return after;
  }
  async function read<T>(id: string, context: Context, sets: TagSets<T>): Promise<TagSet<T>> {
    const [set] = await Promise.all([sets.read(id, context.world.lists.singleMs, context), owner.exists(id, context)]);
    return set;
  }

  return {
    readLabels: (id: string, context: Context) => read(id, context, owner.tags(context.world).labels),
    addLabel: (id: string, etag: string, label: string, context: Context) =>
      change(id, etag, context, {
        sets: owner.tags(context.world).labels,
        noun: 'labels',
        item: { label },
        apply: (labels) => [...labels, label].toSorted(),
        send: (scope) => owner.broker(context.world).addLabel(id, label, scope),
      }),
    removeLabel: (id: string, etag: string, label: string, context: Context) =>
      change(id, etag, context, {
        sets: owner.tags(context.world).labels,
        noun: 'labels',
        item: { label },
        apply: (labels) => labels.filter((other) => other !== label),
        send: (scope) => owner.broker(context.world).removeLabel(id, label, scope),
      }),
    readAnnotations: (id: string, context: Context) => read(id, context, owner.tags(context.world).annotations),
    addAnnotation: (id: string, etag: string, annotation: Annotation, context: Context) =>
      change(id, etag, context, {
        sets: owner.tags(context.world).annotations,
        noun: 'annotations',
        item: annotation,
        apply: (annotations) => [...annotations, annotation].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        send: (scope) => owner.broker(context.world).addAnnotation(id, annotation, scope),
      }),
    removeAnnotation: (id: string, etag: string, key: string, context: Context) =>
      change(id, etag, context, {
        sets: owner.tags(context.world).annotations,
        noun: 'annotations',
        item: { key },
        apply: (annotations) => annotations.filter((other) => other.key !== key),
        send: (scope) => owner.broker(context.world).removeAnnotation(id, key, scope),
      }),
  };
}
