const name = `brokkr-demo ${location.pathname}`;

/** Holds the lock until another tab steals it or this one closes. Undefined when another tab has it. */
function hold(options: LockOptions): Promise<{ lost: Promise<void> } | undefined> {
  return new Promise((resolve, reject) => {
    const released = navigator.locks.request(name, options, (lock) => {
      if (lock === null) return resolve(undefined);
      const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
      resolve({ lost });
      released.catch(() => lose()); // a stolen lock rejects the request; nothing else ends it while the page lives
      return new Promise<never>(() => undefined);
    });
    released.catch(reject);
  });
}

/** The first tab is BFF and broker; undefined in every other one. `lost` settles when another tab takes the demo over. */
export const becomeTheDemo = () => hold({ ifAvailable: true });
export async function takeOver(): Promise<{ lost: Promise<void> }> {
  const held = await hold({ steal: true });
  if (held === undefined) throw new Error('a stolen lock is always granted');
  return held;
}
