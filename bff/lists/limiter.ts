/** Lets so many run at once; the others wait in line. */
export function createLimiter(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async function limited<T>(act: () => Promise<T>): Promise<T> {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
