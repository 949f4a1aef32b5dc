import { useEffect, useState } from 'react';
import type { KubernetesShape } from '#contract/kubernetes-shape.ts';

/** Longer than a text of full size takes on a slow machine. */
const patienceMs = 20_000;

export interface ShapeCheck {
  /** Of the newest text that was read; undefined before the first. */
  shape: KubernetesShape | undefined;
  /** `done` when `shape` is of this very text; `given_up` when reading it took too long or failed. */
  state: 'checking' | 'done' | 'given_up';
}

/** One text at a time, each in a worker that is ended when the text is no longer wanted. */
function readShape(yaml: string, signal: AbortSignal): Promise<KubernetesShape> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./shape-worker.ts', import.meta.url), { type: 'module' });
    const end = () => worker.terminate();
    AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]).addEventListener('abort', () => {
      end();
      reject(new Error('given up'));
    });
    worker.addEventListener('message', ({ data }: MessageEvent<KubernetesShape>) => {
      end();
      resolve(data);
    });
    worker.addEventListener('error', ({ message }) => {
      end();
      reject(new Error(message));
    });
    worker.postMessage(yaml, []);
  });
}

/** What the shape of a text is, told shortly after it last changed. */
export function useShape(yaml: string): ShapeCheck {
  const [known, setKnown] = useState<{ yaml: string; shape: KubernetesShape | undefined; state: 'done' | 'given_up' }>();
  useEffect(() => {
    const outdated = new AbortController();
    readShape(yaml, outdated.signal).then(
      (shape) => setKnown({ yaml, shape, state: 'done' }),
      () => {
        if (!outdated.signal.aborted) setKnown({ yaml, shape: undefined, state: 'given_up' });
      },
    );
    return () => outdated.abort();
  }, [yaml]);
  return { shape: known?.shape, state: known?.yaml === yaml ? known.state : 'checking' };
}
