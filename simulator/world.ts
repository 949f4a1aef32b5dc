import { auditTrail, type AuditTrail } from './audit-trail.ts';
import type { Caller } from './caller.ts';
import { chance, type Chance } from './chance.ts';
import { fleetFeed, type FleetFeed } from './fleet-feed.ts';
import type { Clock } from './ports.ts';
import type { Agent, Generator } from './rows.ts';
import { type Tables, tables } from './tables.ts';
import { targeting, type Targeting } from './targeting.ts';
import type { Micros } from './time.ts';

export interface World extends Tables {
  clock: Clock;
  /** Now, as often as one likes. */
  now(): Micros;
  /** A time for a new row: later than any given before. */
  stamp(): Micros;
  nextSequence(): number;
  chance: Chance;
  /** Who a PAK belongs to, by its hash. */
  paks: Map<string, Caller>;
  systemGenerator: Generator;
  audit: AuditTrail;
  feed: FleetFeed;
  targeting: Targeting;
  /** The broker's push to an agent's socket: a hint to look again at once. */
  nudge(agentId: string, type: 'target_changed' | 'stack_changed', body: unknown): void;
  onNudge(listener: (agentId: string) => void): void;
  /** Told of every key that an agent is given. */
  onKey(listener: (agent: Agent) => void): void;
  keyGiven(agent: Agent): void;
  /** Calls back once, unless the world ends before. */
  after(ms: number, callback: () => void): void;
  every(ms: number, callback: () => void): void;
  end(): void;
}

/** A broker at its first start: the two built-in generators and nothing else. */
export function createWorld({
  clock,
  seed,
  adminPakHash,
  isReadOnly,
}: {
  clock: Clock;
  seed: string;
  adminPakHash: string;
  isReadOnly: boolean;
}): World {
  let last: Micros = 0;
  let sequence = 0;
  const cancels = new Set<() => void>();
  const nudged: ((agentId: string) => void)[] = [];
  const keyed: ((agent: Agent) => void)[] = [];
  const rows = tables();
  const source = chance(`${seed}/world`);
  const now = () => Math.floor(clock.now() * 1000);
  const stamp = () => (last = Math.max(last + 1, now()));
  const after = (ms: number, callback: () => void) => {
    const cancel = clock.setTimer(() => {
      cancels.delete(cancel);
      callback();
    }, ms);
    cancels.add(cancel);
  };
  const builtIn = (name: string, description: string, isSystem: boolean): Generator => {
    const at = stamp();
    return rows.generators.add({
      id: source.uuid(),
      created_at: at,
      updated_at: at,
      deleted_at: null,
      name,
      description,
      is_active: true,
      is_system: isSystem,
      pak_hash: null,
    });
  };
  builtIn('admin-generator', 'Linked to Admin PAK', false);
  const base = {
    ...rows,
    clock,
    now,
    stamp,
    nextSequence: () => (sequence += 1),
    chance: source,
    paks: new Map<string, Caller>([[adminPakHash, { kind: 'admin', isReadOnly }]]),
    systemGenerator: builtIn('__system__', 'System generator — reserved for fleet-management stacks', true),
    nudge(agentId: string, type: string, body: unknown) {
      const socket = rows.agents.get(agentId)?.socket;
      if (!socket) return;
      socket.messagesOut += 1;
      socket.link?.push(JSON.stringify({ type, body }));
      for (const listener of nudged) listener(agentId);
    },
    onNudge: (listener: (agentId: string) => void) => void nudged.push(listener),
    keyGiven(agent: Agent) {
      for (const listener of keyed) listener(agent);
    },
    onKey: (listener: (agent: Agent) => void) => void keyed.push(listener),
    after,
    every(ms: number, callback: () => void) {
      const again = () => {
        after(ms, again);
        callback();
      };
      after(ms, again);
    },
    end() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
  const withTargeting = { ...base, targeting: targeting(rows) };
  return { ...withTargeting, audit: auditTrail(withTargeting), feed: fleetFeed() };
}
