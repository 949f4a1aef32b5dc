import { useUrlState } from './use-list-state.ts';

/** Narrower than this, two texts side by side would break most of their lines. */
const besidePx = 720;
export type DiffView = 'unified' | 'split';

/** How a difference is shown, chosen in the address; unified where there is no room beside it. @param width of the difference, in pixels */
export function useDiffView(width: number | undefined) {
  const url = useUrlState();
  const hasRoom = width !== undefined && width >= besidePx;
  const view: DiffView = hasRoom && url.get('diff') === 'split' ? 'split' : 'unified';
  return { hasRoom, view, choose: (next: DiffView) => url.set({ diff: next === 'split' ? next : undefined }, true) };
}
