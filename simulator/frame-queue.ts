/** Frames waiting for a reader. A full queue loses its oldest or its newest, and tells nobody. */
export interface FrameQueue {
  push(frame: string): void;
  close(): void;
  frames: AsyncIterable<string>;
}

export function frameQueue({ limit, loses, onClose }: { limit: number; loses: 'oldest' | 'newest'; onClose: () => void }): FrameQueue {
  const waiting: string[] = [];
  let wake: (() => void) | undefined;
  let isClosed = false;
  function close() {
    if (isClosed) return;
    isClosed = true;
    wake?.();
    onClose();
  }
  async function* frames() {
    try {
      for (;;) {
        const frame = waiting.shift();
        if (frame !== undefined) yield frame;
        else if (isClosed) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      close();
    }
  }
  return {
    push(frame) {
      if (loses === 'newest' && waiting.length >= limit) return;
      waiting.push(frame);
      if (waiting.length > limit) waiting.shift();
      wake?.();
    },
    close,
    frames: frames(),
  };
}
