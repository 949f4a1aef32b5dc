import { toBase64Url, toHex, utf8, fromUtf8 } from '#contract/bytes.ts';
import type { Clock, Credential, Digest, Log, Random } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { Person } from '#contract/session.ts';
import { uuidV7 } from '#contract/uuid-v7.ts';
import type { Vault } from './vault.ts';

/** A signed-in person on one browser; `id` is stable below the token that the cookie carries. */
export interface Session {
  id: string;
  person: Person;
  credential: Credential;
  /** Absolute end, whatever the person does. */
  endsAtMs: number;
}
/** The service key is looked up when needed and never stored; a person's own key is sealed with the session. */
export type Ride = { kind: 'service' } | { kind: 'own'; credential: Credential };
interface EndedSession {
  id: string;
  person: Person;
}
/** Reads the store on every call; nothing is cached. Every call rejects with `store_unavailable` when the store cannot answer. */
export interface Sessions {
  /** Opens a session under a token nobody has seen. `ended` are the person's oldest sessions beyond five. */
  open(person: Person, ride: Ride): Promise<{ token: string; session: Session; ended: EndedSession[] }>;
  /** Undefined for unknown, tampered, idle or over-age sessions. A poll finds, but does not `extend`. */
  find(token: string, options: { extend: boolean }): Promise<Session | undefined>;
  end(token: string): Promise<void>;
  endAllOf(personId: string): Promise<void>;
  /** Sessions that are alive now. */
  count(): Promise<number>;
}

/** One session at rest. */
export interface SessionRow {
  /** SHA-256 of the token, hex: the file holds nothing that could be presented. */
  tokenHash: string;
  id: string;
  personId: string;
  /** JSON. */
  person: string;
  /** Sealed JSON; null rides the service key. */
  credential: string | null;
  createdAtMs: number;
  seenAtMs: number;
  endsAtMs: number;
  /** Over all members above: a row that was edited from outside counts as none. */
  mac: string;
}
export interface SessionRows {
  /** In one transaction: puts the row in and takes the person's oldest beyond `most` out, which it returns. */
  insert(row: SessionRow, most: number | null): Promise<SessionRow[]>;
  read(tokenHash: string): Promise<SessionRow | undefined>;
  /** Leaves a row that was removed meanwhile removed. */
  replace(row: SessionRow): Promise<void>;
  remove(tokenHash: string): Promise<void>;
  removeAllOf(personId: string): Promise<void>;
  /** Takes out whatever was last seen, or should have ended, before these times. */
  prune(seenBeforeMs: number, endsBeforeMs: number): Promise<void>;
  count(seenAfterMs: number, endsAfterMs: number): Promise<number>;
}

export const sessionLimits = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000, perPerson: 5 } as const;
/** A durable write per request would cost more than the request: being seen is noted this often. */
const seenEveryMs = 30_000;

export interface SessionsWorld {
  rows: SessionRows;
  vault: Vault;
  clock: Clock;
  random: Random;
  digest: Digest;
  log: Log;
  /** What people without a key of their own ride; null while there is none. */
  serviceCredential: () => Credential | null;
}

export function createSessions({ rows, vault, clock, random, digest, log, serviceCredential }: SessionsWorld): Sessions {
  const hashOf = async (token: string) => toHex(await digest.sha256(utf8(token)));
  const signed = async (row: Omit<SessionRow, 'mac'>): Promise<SessionRow> => ({ ...row, mac: await vault.sign('session', textOf(row)) });

  const credentialOf = async (row: SessionRow): Promise<Credential | undefined> => {
    if (row.credential === null) return serviceCredential() ?? undefined;
    const plain = await vault.open('credential', row.credential, row.id);
    return plain && (JSON.parse(fromUtf8(plain)) as Credential); // sealed by us, opened with its context
  };
  const sealCredential = (credential: Credential, id: string) => vault.seal('credential', utf8(JSON.stringify(credential)), id);

  const extending = new Set<string>();
  /** Notes that the person was here, and brings the row to the newest key. The request does not wait: it reads, and a store that only reads is enough. */
  const extend = (row: SessionRow, credential: Credential, now: number): void => {
    const isCurrent = vault.isCurrent(row.mac) && (row.credential === null || vault.isCurrent(row.credential));
    if ((isCurrent && now - row.seenAtMs < seenEveryMs) || extending.has(row.id)) return;
    extending.add(row.id);
    const write = async () => {
      const { mac: _mac, ...seen } = { ...row, seenAtMs: now };
      const sealed = row.credential === null ? null : await sealCredential(credential, row.id);
      await rows.replace(await signed({ ...seen, credential: sealed }));
    };
    write()
      .catch((error: unknown) => log.warn('a session could not be extended', { error, session: row.id }))
      .finally(() => extending.delete(row.id));
  };

  return {
    async open(person, ride) {
      const now = clock.now();
      const token = toBase64Url(random.bytes(32));
      const id = uuidV7(now, random);
      const credential = ride.kind === 'own' ? ride.credential : serviceCredential();
      if (!credential) throw new ProblemError('service_credential_refused', 'The console has no broker key to work with');
      const row = await signed({
        tokenHash: await hashOf(token),
        id,
        personId: person.id,
        person: JSON.stringify(person),
        credential: ride.kind === 'own' ? await sealCredential(credential, id) : null,
        createdAtMs: now,
        seenAtMs: now,
        endsAtMs: now + sessionLimits.absoluteMs,
      });
      await rows.prune(now - sessionLimits.idleMs, now);
      // Everybody who explores in one role is one person to us: their sessions must not end each other's.
      const isShared = person.id.startsWith('explore:');
      const ended = await rows.insert(row, isShared ? null : sessionLimits.perPerson);
      return {
        token,
        session: { id, person, credential, endsAtMs: row.endsAtMs },
        ended: ended.map((old) => ({ id: old.id, person: Person.parse(JSON.parse(old.person)) })),
      };
    },
    async find(token, options) {
      const row = await rows.read(await hashOf(token));
      const now = clock.now();
      if (!row || !isAlive(row, now)) return undefined;
      if (!(await vault.verify('session', textOf(row), row.mac))) {
        log.error('a session row does not carry its own signature', { session: row.id });
        return undefined;
      }
      const credential = await credentialOf(row);
      if (!credential) return undefined;
      if (options.extend) extend(row, credential, now);
      return { id: row.id, person: Person.parse(JSON.parse(row.person)), credential, endsAtMs: row.endsAtMs };
    },
    end: async (token) => rows.remove(await hashOf(token)),
    endAllOf: (personId) => rows.removeAllOf(personId),
    count: () => rows.count(clock.now() - sessionLimits.idleMs, clock.now()),
  };
}

const isAlive = (row: SessionRow, now: number) => now < row.endsAtMs && now - row.seenAtMs < sessionLimits.idleMs;
/** The signed text: every member, in a fixed order. */
const textOf = (row: Omit<SessionRow, 'mac'>): string =>
  JSON.stringify([row.tokenHash, row.id, row.personId, row.person, row.credential, row.createdAtMs, row.seenAtMs, row.endsAtMs]);
