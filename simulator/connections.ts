import { admin, anyone } from './caller.ts';
import { ok } from './replies.ts';
import { messagesIn } from './rhythms.ts';
import type { On } from './router.ts';
import { rfc3339 } from './time.ts';
import type { World } from './world.ts';

/** Who is connected, and who a PAK belongs to. */
export function connections(on: On, world: World): void {
  on('GET /api/v1/admin/ws/connections', admin, () => {
    const now = world.now();
    const open = [...world.agents.values()].flatMap((agent) =>
      agent.socket === null
        ? []
        : {
            agent_id: agent.id,
            connected_since: rfc3339(agent.socket.since),
            messages_in: messagesIn(agent, now),
            messages_out: agent.socket.messagesOut,
          },
    );
    return ok({ connected_agents: open.length, connections: open, live_subscribers: 0 });
  });
  on('POST /api/v1/auth/pak', anyone, ({ caller }) =>
    ok({
      admin: caller.kind === 'admin',
      agent: caller.kind === 'agent' ? caller.id : null,
      generator: caller.kind === 'generator' ? caller.id : null,
      readonly: caller.kind === 'admin' && caller.isReadOnly,
    }),
  );
}
