import type { Clock } from '#contract/ports.ts';
import { sessionLimits, type Session, type Sessions } from './sessions.ts';

export interface WatchedSessions extends Sessions {
  /** Whether a session that rides this key of its own is known to live. */
  isRidden(credentialId: string): boolean;
}
interface Rider {
  credentialId: string;
  personId: string;
  stop: () => void;
}
/** A read that began before a session ended must not find it afterwards; none takes as long as this. */
const rememberedMs = 60_000;

/**
 * Sessions that say when the last one that rode a key has ended, however it ended: what was read with the key is then to be
 * given back. A session that nobody has used since this process started is not known, and holds nothing.
 */
export function watchKeys(sessions: Sessions, { clock, left }: { clock: Clock; left: (credentialId: string) => void }): WatchedSessions {
  const riders = new Map<string, Rider>();
  const ended = new Set<string>();
  const isRidden = (credentialId: string) => [...riders.values()].some((rider) => rider.credentialId === credentialId);

  function see({ id, person, credential, endsAtMs }: Session, isUsed: boolean) {
    const known = riders.get(id);
    if (credential.id === 'service' || (known && !isUsed)) return;
    known?.stop();
    const livesMs = Math.min(sessionLimits.idleMs, endsAtMs - clock.now());
    riders.set(id, { credentialId: credential.id, personId: person.id, stop: clock.setTimer(() => end(id), livesMs) });
  }
  function end(id: string) {
    ended.add(id);
    clock.setTimer(() => ended.delete(id), rememberedMs);
    const rider = riders.get(id);
    if (!rider) return;
    rider.stop();
    riders.delete(id);
    if (!isRidden(rider.credentialId)) left(rider.credentialId);
  }

  return {
    ...sessions,
    isRidden,
    async open(person, ride) {
      const opened = await sessions.open(person, ride);
      see(opened.session, true);
      for (const { id } of opened.ended) end(id);
      return opened;
    },
    async find(token, options) {
      const session = await sessions.find(token, options);
      if (!session || ended.has(session.id)) return undefined;
      see(session, options.extend);
      return session;
    },
    async end(token) {
      const session = await sessions.find(token, { extend: false });
      await sessions.end(token);
      if (session) end(session.id);
    },
    async endAllOf(personId) {
      await sessions.endAllOf(personId);
      for (const [id, rider] of riders) if (rider.personId === personId) end(id);
    },
  };
}
