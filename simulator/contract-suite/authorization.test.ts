import { beforeAll, describe, expect, test } from 'vitest';
import { admin, aGenerator, anAgent, ask, aTarget, type Client } from './broker.ts';

/** Who asks: nobody, the owning generator, another one, the agent itself, another one. */
const callers = ['owner', 'foreign', 'self', 'other'] as const;
type Caller = (typeof callers)[number];
/** What a caller gets: a code of refusal, or nothing when the answer is no 401 and no 403. */
type Row = [
  operation: string,
  owner: string,
  foreign: string,
  self: string,
  other: string,
  body?: (ids: Record<string, string>) => unknown,
];

/** Allowed, but it would end the key that the rows after it use. */
const unasked = 'unasked';
const [adminOnly, agentOnly, ownAgent] = ['admin_required', 'agent_pak_mismatch', 'agent_pak_mismatch'];
const tag = (ids: Record<string, string>) => ({ agent_id: ids['agent'], label: 'm', key: 'm', value: 'm' });
const rows: Row[] = [
  ['POST /auth/pak', '', '', '', ''],
  ['GET /paks', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /agents', '', '', 'generator_required', 'generator_required'],
  ['POST /agents', adminOnly, adminOnly, adminOnly, adminOnly, () => ({ name: 'm', cluster_name: 'm' })],
  ['GET /agents/{agent}', ownAgent, ownAgent, '', ownAgent],
  ['PUT /agents/{agent}', ownAgent, ownAgent, '', ownAgent, () => ({})],
  ...['events', 'labels', 'annotations', 'targets', 'registrations', 'stacks', 'target-state'].map((what): Row => [
    `GET /agents/{agent}/${what}`,
    ownAgent,
    ownAgent,
    '',
    ownAgent,
  ]),
  [
    'POST /agents/{agent}/events',
    ownAgent,
    ownAgent,
    '',
    ownAgent,
    (ids) => ({ agent_id: ids['agent'], deployment_object_id: ids['object'], event_type: 'DEPLOY', status: 'SUCCESS' }),
  ],
  ['POST /agents/{agent}/labels', adminOnly, adminOnly, adminOnly, adminOnly, tag],
  ['DELETE /agents/{agent}/labels/m', adminOnly, adminOnly, adminOnly, adminOnly],
  ['POST /agents/{agent}/annotations', adminOnly, adminOnly, adminOnly, adminOnly, tag],
  ['DELETE /agents/{agent}/annotations/m', adminOnly, adminOnly, adminOnly, adminOnly],
  [
    'POST /agents/{agent}/targets',
    '',
    'target_generator_mismatch',
    'target_create_denied',
    'target_create_denied',
    (ids) => ({ agent_id: ids['agent'], stack_id: ids['stack'] }),
  ],
  ['DELETE /agents/{agent}/targets/{stack}', '', 'target_generator_mismatch', 'target_create_denied', 'target_create_denied'],
  ['POST /agents/{agent}/heartbeat', agentOnly, agentOnly, '', agentOnly],
  ['PATCH /agents/{agent}/health-status', ownAgent, ownAgent, '', ownAgent, () => ({ deployment_objects: [] })],
  ['GET /agents/{agent}/fleet-status', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /fleet', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /agent-events', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /agent-events/{object}', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /generators', adminOnly, adminOnly, adminOnly, adminOnly],
  ['POST /generators', adminOnly, adminOnly, adminOnly, adminOnly, () => ({ name: 'm' })],
  ['GET /generators/{generator}', '', 'generator_not_owned', 'generator_not_owned', 'generator_not_owned'],
  ['POST /generators/{generator}/register', 'forbidden', 'forbidden', '', '', () => ({})],
  ['DELETE /generators/{generator}/register', 'forbidden', 'forbidden', '', '', () => ({})],
  ['GET /generators/{generator}/registered-agents', '', 'not_authorized', 'not_authorized', 'not_authorized'],
  ['GET /stacks', '', '', 'stacks_list_denied', 'stacks_list_denied'],
  ['GET /stacks/{stack}', '', 'stack_not_owned', 'stack_not_owned', 'stack_not_owned'],
  ['GET /stacks/{stack}/deployment-objects', '', 'stack_not_owned', 'stack_not_owned', 'stack_not_owned'],
  ['DELETE /stacks/{stack}/labels/m', '', 'stack_not_owned', 'stack_not_owned', 'stack_not_owned'],
  ['GET /stacks/{stack}/health', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /deployment-objects/{object}/health', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /admin/audit-logs', adminOnly, adminOnly, adminOnly, adminOnly],
  ['GET /admin/ws/connections', adminOnly, adminOnly, adminOnly, adminOnly],
  ['DELETE /agents/{agent}', adminOnly, adminOnly, adminOnly, adminOnly],
  ['POST /agents/{agent}/rotate-pak', ownAgent, ownAgent, unasked, ownAgent],
  ['POST /generators/{generator}/rotate-pak', unasked, 'generator_not_owned', 'generator_not_owned', 'generator_not_owned'],
];

describe('who may do what', () => {
  const ids: Record<string, string> = {};
  const calls = new Map<Caller, Client>();
  beforeAll(async () => {
    const { agent, generator, stack, objectId } = await aTarget();
    Object.assign(ids, { agent: agent.id, generator: generator.id, stack: stack.id, object: objectId });
    calls
      .set('owner', generator.call)
      .set('foreign', (await aGenerator()).call)
      .set('self', agent.call)
      .set('other', (await anAgent()).call);
  });
  const pathOf = (path: string) => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');

  test.each(rows)('%s', async (operation, ...rest) => {
    const [method = '', path = ''] = operation.split(' ');
    const body = rest[4]?.(ids);
    expect(await ask(method, `/api/v1${pathOf(path)}`, { body })).toMatchObject({ status: 401, text: '' });
    for (const [index, caller] of callers.entries()) {
      const code = rest[index as 0 | 1 | 2 | 3];
      if (code === unasked) continue;
      const answer = await calls.get(caller)?.(method, pathOf(path), body);
      if (code === '') expect([401, 403], `${caller}: ${answer?.text ?? ''}`).not.toContain(answer?.status);
      else expect(answer, caller).toMatchObject({ status: 403, body: { code } });
    }
    if (method === 'GET') expect((await admin(method, pathOf(path), body)).status, 'admin').not.toBe(403);
  });
});
