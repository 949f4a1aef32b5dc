/** Frames waiting for a reader. A full queue loses its oldest or its newest; the reader is told only where `missed` makes a frame of it. */
export interface FrameQueue {
  push(frame: string): void;
  close(): void;
  frames: AsyncIterable<string>;
}

interface Options {
  limit: number;
  loses: 'oldest' | 'newest';
  missed?: (count: number) => string;
  onClose: () => void;
}

export function frameQueue({ limit, loses, missed, onClose }: Options): FrameQueue {
  const waiting: string[] = [];
  let wake: (() => void) | undefined;
  let isClosed = false;
  let lost = 0;
  function close() {
    if (isClosed) return;
    isClosed = true;
    wake?.();
    onClose();
  }
  function takeLost(): number {
    const count = lost;
    lost = 0;
    return count;
  }
  async function* frames() {
    try {
      for (;;) {
        if (lost > 0 && missed) yield missed(takeLost());
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
      if (waiting.length > limit) {
        waiting.shift();
        lost += 1;
      }
      wake?.();
    },
    close,
    frames: frames(),
  };
}
