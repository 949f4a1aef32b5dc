import { createStore } from 'zustand/vanilla';
import type { Failure } from '#web/lib/failure.ts';

export interface Toast {
  id: number;
  kind: 'success' | 'failure';
  title: string;
  /** Only failures carry one; it makes "copy everything" possible. */
  failure: Failure | undefined;
  /** Toasts of one cause are one toast with a count. */
  cause: string;
  count: number;
  atMs: number;
}

export const toastStore = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

let nextId = 1;
const keptAtMost = 5;

function push(toast: Omit<Toast, 'id' | 'count' | 'atMs'>): void {
  toastStore.setState(({ toasts }) => {
    const same = toasts.find(({ cause }) => cause === toast.cause);
    const newest: Toast = { ...toast, id: same?.id ?? nextId++, count: (same?.count ?? 0) + 1, atMs: Date.now() };
    const others = toasts.filter(({ cause }) => cause !== toast.cause);
    // Failures stay until dismissed; when room runs out a success makes it.
    const spare = others.length >= keptAtMost ? (others.find(({ kind }) => kind === 'success') ?? others[0]) : undefined;
    return { toasts: [...others.filter((other) => other !== spare), newest] };
  });
}

export const toastSuccess = (title: string): void => push({ kind: 'success', title, failure: undefined, cause: `success ${title}` });
/** At most one for the same title and code, with its count. */
export const toastFailure = (title: string, failure: Failure): void =>
  push({ kind: 'failure', title, failure, cause: `failure ${title} ${failure.code}` });
export const dismissToast = (id: number): void =>
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
export const clearToasts = (): void => toastStore.setState({ toasts: [] });
