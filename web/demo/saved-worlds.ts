const [database, store] = ['brokkr-demo', 'worlds'];

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(store));
  return settled(request);
}
function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });
}
async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opened = await open();
  try {
    return await settled(run(opened.transaction(store, mode).objectStore(store)));
  } finally {
    opened.close();
  }
}

/** The made-up worlds between two visits: in this browser, one for each scenario, apart from other demos of the same host. */
export function savedWorlds(scenario: string) {
  const key = `${location.pathname} ${scenario}`;
  return {
    read: (): Promise<unknown> => inStore('readonly', (worlds) => worlds.get(key) as IDBRequest<unknown>),
    write: (world: unknown) => inStore('readwrite', (worlds) => worlds.put(world, key)),
    forget: () => inStore('readwrite', (worlds) => worlds.delete(key)),
  };
}
