import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartFault, type Config } from './config.ts';
import { parseSessionKeys } from './config-values.ts';

/** Magic numbers of statfs(2): their locks and their fsync cannot be relied on. */
const networkFileSystems = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
]);

/** Where the database and the minted keys rest: for the owner only, on a local disk. @throws StartFault */
export function prepareDataFolder(database: string): string {
  const folder = dirname(database);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartFault(
      `The data folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): see DATABASE_URL.`,
    );
  }
  const kind = networkFileSystems.get(statfsSync(folder).type);
  if (kind !== undefined) throw new StartFault(`The data folder ${folder} is on ${kind}: SQLite needs a local disk, see DATABASE_URL.`);
  return folder;
}

/**
 * Two processes over one database would each hold half of the truth about limits and running changes. An exclusive
 * transaction on a file of its own is a lock that the operating system takes back however this process ends.
 * @throws StartFault when another process holds it
 */
export function lockDatabase(database: string): () => void {
  const file = `${database}.lock`;
  closeSync(openSync(file, 'a', 0o600));
  const lock = new DatabaseSync(file);
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch {
    lock.close();
    throw new StartFault(`Another console holds ${database}: stop it, or name another file in DATABASE_URL.`);
  }
  return () => lock.close();
}

/** The configured keys, or those that were minted on the first start. */
export function sessionKeysOf(config: Config): ReturnType<typeof parseSessionKeys> {
  if (config.sessionKeys !== null) return config.sessionKeys;
  const file = join(prepareDataFolder(config.database), 'session-keys');
  const minted = `${file}.${process.pid}`;
  writeFileSync(minted, `minted-${Date.now().toString(36)}:${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(minted, file); // whole or not at all, and never over keys that are there
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(minted);
  }
  chmodSync(file, 0o600);
  return parseSessionKeys(readFileSync(file, 'utf8'), (why) => {
    throw new StartFault(`${file}: ${why}.`);
  });
}
