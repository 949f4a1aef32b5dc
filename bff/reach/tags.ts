import type { Annotation } from '#contract/agent-tags.ts';

/** Labels and annotations under one kind of name; the broker's texts hold no NUL. */
export const labelTag = (label: string): string => `l${label}`;
export const annotationTag = ({ key, value }: Annotation): string => `a${key}\0${value}`;
export const labelOf = (tag: string): string => tag.slice(1);
export function annotationOf(tag: string): Annotation {
  const at = tag.indexOf('\0');
  return { key: tag.slice(1, at), value: tag.slice(at + 1) };
}
