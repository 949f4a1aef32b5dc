import type { AuditEntry } from './audit-trail.ts';
import type { Caller } from './caller.ts';
import type { Life, Traits } from './life.ts';
import type { Table } from './table.ts';
import { type Tables, tables } from './tables.ts';
import type { World } from './world.ts';

/** Plain data: survives a structured clone and JSON. */
export interface SavedWorld {
  tables: Record<keyof Tables, readonly { id: string }[]>;
  paks: readonly (readonly [string, Caller])[];
  audit: readonly AuditEntry[];
  lives: readonly (readonly [string, Traits])[];
}
type AnyTable = Table<{ id: string }, string>;
const names = Object.keys(tables()) as (keyof Tables)[];
const anyTable = (world: Tables, name: keyof Tables) => world[name] as unknown as AnyTable; // rows go back into the table they came from

export function saveWorld(world: World, life: Life): SavedWorld {
  const rows = names.map((name) => [name, [...anyTable(world, name).values()]]);
  const agents = [...world.agents.values()].map(({ socket, ...row }) => {
    if (!socket) return { ...row, socket };
    const { since, messagesIn, messagesOut } = socket; // its link belongs to whoever carries it
    return { ...row, socket: { since, messagesIn, messagesOut } };
  });
  return structuredClone({
    tables: { ...Object.fromEntries(rows), agents },
    paks: [...world.paks],
    audit: [...world.audit.entries],
    lives: [...life.all()],
  });
}

/** Puts a saved world in place of an empty one. Whoever lived then went on living meanwhile: its last beat is a moment ago. */
export function loadWorld(world: World, life: Life, saved: SavedWorld): void {
  const { tables: rows, paks, audit, lives } = structuredClone(saved);
  for (const name of names) {
    const table = anyTable(world, name);
    for (const row of table.values()) table.remove(row);
    for (const row of rows[name]) table.add(row);
  }
  for (const [hash, caller] of paks) world.paks.set(hash, caller);
  for (const entry of audit) world.audit.seed(entry);
  const newest = Math.max(0, ...[...world.objects.values()].map((object) => object.sequence_id));
  while (world.nextSequence() < newest); // the next object comes after all that are there
  for (const [agentId, traits] of lives) {
    const agent = world.agents.get(agentId);
    if (!agent) continue;
    const heard = world.now() - world.chance.int(traits.everyMs) * 1000;
    Object.assign(agent, { last_heartbeat: heard, k8s_reported_at: heard, updated_at: heard });
    life.adopt(agent, traits);
  }
}
