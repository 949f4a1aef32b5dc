/** Before five gaps were seen an agent is taken to beat this often, and that is said. */
const assumedRhythmMs = 30_000;
const gapsKept = 5;
/** Reads further apart than this may have missed a beat between two others. */
const continuousMs = 10_000;

/** The last gaps between an agent's heartbeats, in milliseconds, oldest first: what outlives a restart. */
export interface Rhythm {
  agentId: string;
  gapsMs: number[];
}
/** Where rhythms rest. */
export interface RhythmStore {
  /** Up to `limit` rhythms with an agent id above `after`, by id. */
  read(after: string, limit: number): Promise<Rhythm[]>;
  /** Adds or replaces; one without gaps is removed. */
  save(rhythms: readonly Rhythm[]): Promise<void>;
}

interface Beat {
  gapsMs: number[];
  /** Broker's time of the newest heartbeat seen; the read that showed it first. */
  beatMs: number;
  firstSeenMs: number;
}

/** Learns how often each agent reports, from whole reads of the fleet. Gaps are differences of the broker's own times. */
export function createRhythms() {
  const beats = new Map<string, Beat>();
  const changed = new Set<string>();
  let lastReadMs = Number.NEGATIVE_INFINITY;
  let unbrokenSinceMs = Number.POSITIVE_INFINITY;

  return {
    /** A whole read arrived; its heartbeats follow. */
    read(arrivedMs: number) {
      if (arrivedMs - lastReadMs > continuousMs) unbrokenSinceMs = arrivedMs;
      lastReadMs = Math.max(lastReadMs, arrivedMs);
    },
    heard(agentId: string, lastHeartbeat: string | null) {
      if (lastHeartbeat === null) return;
      const beatMs = Date.parse(lastHeartbeat);
      const known = beats.get(agentId);
      if (known === undefined) {
        beats.set(agentId, { gapsMs: [], beatMs, firstSeenMs: lastReadMs });
        return;
      }
      if (beatMs <= known.beatMs) return; // the same beat, or an answer overtaken by a later one
      if (known.firstSeenMs >= unbrokenSinceMs) {
        known.gapsMs = [...known.gapsMs, beatMs - known.beatMs].slice(-gapsKept);
        changed.add(agentId);
      }
      known.beatMs = beatMs;
      known.firstSeenMs = lastReadMs;
    },
    of(agentId: string): { rhythmMs: number; assumed: boolean } {
      const gaps = beats.get(agentId)?.gapsMs ?? [];
      const median = gaps.length < gapsKept ? undefined : gaps.toSorted((a, b) => a - b)[Math.floor(gapsKept / 2)];
      return median === undefined ? { rhythmMs: assumedRhythmMs, assumed: true } : { rhythmMs: median, assumed: false };
    },
    /** What was learned in an earlier life; nothing learned since is overwritten. */
    restore(rhythms: readonly Rhythm[]) {
      for (const { agentId, gapsMs } of rhythms) {
        const known = beats.get(agentId);
        if (known === undefined)
          beats.set(agentId, { gapsMs: gapsMs.slice(-gapsKept), beatMs: Number.NEGATIVE_INFINITY, firstSeenMs: Number.NEGATIVE_INFINITY });
        else if (known.gapsMs.length === 0) known.gapsMs = gapsMs.slice(-gapsKept);
      }
    },
    /** Up to `limit` rhythms that changed since they were last taken. */
    take(limit: number): Rhythm[] {
      const taken: Rhythm[] = [];
      for (const agentId of changed) {
        if (taken.length === limit) break;
        changed.delete(agentId);
        taken.push({ agentId, gapsMs: beats.get(agentId)?.gapsMs ?? [] });
      }
      return taken;
    },
    /** Deleted agents are not remembered. */
    forget(agentId: string) {
      if (beats.delete(agentId)) changed.add(agentId);
    },
  };
}
export type Rhythms = ReturnType<typeof createRhythms>;
