import type * as z from 'zod/mini';
import type { listReachReasons, ReachReason, TagReach } from '#contract/reach.ts';
import { isWhole } from './coverage.ts';
import { words } from './words/index.ts';

/** What hangs on a label or an annotation: what its removal does, line by line, none where that is nothing; or why it is not known. */
export type HangsOn = { lines: readonly string[] } | { unknown: string };
type ReachReasons = z.infer<(typeof listReachReasons)['response']>;
type Tag = Exclude<ReachReason, { by: 'target' }>;

const say = words.tagRemoval;
const isBy = (tag: Tag) => (reason: ReachReason) =>
  tag.by === 'label'
    ? reason.by === 'label' && reason.label === tag.label
    : reason.by === 'annotation' && reason.key === tag.key && reason.value === tag.value;
const line = <T>(things: readonly T[], tell: (things: readonly T[]) => string) => (things.length > 0 ? [tell(things)] : []);

/** The same of an answer that may still be under way. */
export const onceRead = <Answer>(
  { data, isError }: { data: Answer | undefined; isError: boolean },
  tell: (answer: Answer) => HangsOn,
): HangsOn => (data === undefined ? { unknown: isError ? say.notRead : say.reading } : tell(data));

/** What an agent loses with a tag of its own. */
export function hangsOnAgentTag(tag: Tag, { stacks, coverage }: ReachReasons): HangsOn {
  const names = (which: (reasons: readonly ReachReason[]) => boolean) =>
    stacks.filter(({ reasons }) => which(reasons)).map(({ name }) => name);
  const leave = names((reasons) => reasons.length === 1 && reasons.some(isBy(tag)));
  const stay = names((reasons) => reasons.length > 1 && reasons.some(isBy(tag)));
  const unexplained = names((reasons) => reasons.length === 0);
  const isPartial = coverage.total > 0 && !isWhole(coverage);
  if (leave.length + unexplained.length === 0 && !isPartial) return { lines: [] };
  return {
    lines: [
      ...line(leave, say.stacksLeave),
      ...line(stay, say.stacksStay),
      ...line(unexplained, say.stacksUnexplained),
      ...(isPartial ? [say.stacksUnread(coverage.known, coverage.total)] : []),
    ],
  };
}

/** Which agents lose a stack with a tag of the stack. */
export function hangsOnStackTag(tag: Tag, { labels, annotations, coverage }: TagReach): HangsOn {
  const count =
    tag.by === 'label'
      ? labels.find(({ label }) => label === tag.label)
      : annotations.find(({ key, value }) => key === tag.key && value === tag.value);
  if (count === undefined) return { unknown: say.notIndexed };
  const { agents, alone } = count;
  if (alone === 0 && isWhole(coverage)) return { lines: [] };
  return {
    lines: [
      ...(alone > 0 ? [say.agentsLose(alone)] : []),
      ...(agents > alone ? [say.agentsKeep(agents - alone)] : []),
      ...(isWhole(coverage) ? [] : [say.agentsUnread(coverage.known, coverage.total)]),
    ],
  };
}
