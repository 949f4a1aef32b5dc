export interface ConfigKey {
  name: string;
  /** The value never leaves the process; `<name>_FILE` may name a file that holds it. */
  secret?: true;
  /** Read again on SIGHUP. An environment never changes, so `<name>_FILE` may name a file that does. */
  live?: true;
  byDefault: string;
  meaning: string;
}
/** Every key this console reads, as `docs/configuration.md` tells it. */
export const configKeys = [
  { name: 'HOST', byDefault: '127.0.0.1', meaning: 'Address to listen on.' },
  { name: 'PORT', byDefault: '8080', meaning: 'Port to listen on; 0 picks a free one.' },
  {
    name: 'PUBLIC_ORIGIN',
    byDefault: 'derived on loopback, else required',
    meaning:
      'Exact origin people use, such as https://console.example.org: decides which Host and Origin are answered. https, but on loopback.',
  },
  { name: 'BROKER_URL', byDefault: 'unset: the embedded simulator', meaning: 'Origin of the broker, such as http://broker:3000.' },
  {
    name: 'BROKER_PAK',
    secret: true,
    byDefault: 'unset',
    meaning: 'Admin key of the broker that people with accounts ride. Without it only sign-in by key is offered.',
  },
  { name: 'SIGN_IN', byDefault: 'accounts,pak', meaning: 'Ways to sign in: any of accounts, pak.' },
  {
    name: 'DATABASE_URL',
    byDefault: 'sqlite:./data/console.db (embedded simulator: sqlite:./data/simulated.db)',
    meaning: 'SQLite file on a local disk. One process holds it.',
  },
  {
    name: 'SESSION_KEYS',
    secret: true,
    byDefault: 'minted into the data folder on loopback, else required',
    meaning: 'Sealing keys, newest first: id:base64, each at least 32 bytes, parted by commas or lines. To rotate, put a new one in front.',
  },
  { name: 'LOG_LEVEL', live: true, byDefault: 'info', meaning: 'debug, info, warn or error. debug is refused in production.' },
  { name: 'LOG_LEVELS', live: true, byDefault: 'unset', meaning: 'Levels per component, such as broker=debug,audit=info.' },
  { name: 'LIMIT_IN_FLIGHT', live: true, byDefault: '200', meaning: 'Requests that are answered at a time, probes aside; 1 to 10000.' },
  {
    name: 'LIMIT_QUEUE',
    live: true,
    byDefault: '100',
    meaning: 'Requests that wait while so many are answered; the next is told at once to come back. 0 to 10000.',
  },
  {
    name: 'SNAPSHOT_MIN_MS',
    byDefault: '5000',
    meaning: 'Least age of a shared list before it is read again; 0 also lifts the rule of ten answer times. Refused in production.',
  },
  {
    name: 'ENVIRONMENT',
    byDefault: 'development on loopback, else production',
    meaning: 'production or development. Shown to people; production is strict.',
  },
] as const satisfies readonly ConfigKey[];
export type ConfigName = (typeof configKeys)[number]['name'];
