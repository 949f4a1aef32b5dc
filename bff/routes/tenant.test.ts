import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addAgentTarget, listAgentRegistrations, listAgentTargets, removeAgentTarget } from '#contract/agent-bonds.ts';
import { addAgentLabel, listLabelsOfAgents, readAgentLabels } from '#contract/agent-tags.ts';
import { createAgent, listAgentEvents, listAgentHistory, listAgents, readAgent } from '#contract/agents.ts';
import { listAgentGroups, readFleetMap, searchEverything } from '#contract/fleet-views.ts';
import { listGenerators } from '#contract/generators.ts';
import { addStackLabel, readStackLabels } from '#contract/stack-tags.ts';
import { createStack, deleteStack, listStackFacts, listStackHistory, listStacks, readStack } from '#contract/stacks.ts';
import { listRevisions, readRevision } from '#contract/revisions.ts';
import { type Refusals, Session, readSession } from '#contract/session.ts';
import type { Credential } from '#contract/ports.ts';
import { routes } from './index.ts';
import { problemOf, unknownId } from './testing/console.ts';
import type { TestConsole } from './testing/console.ts';
import { paks, startWithTenants, type Tenant } from './testing/tenants.ts';

let it: TestConsole;
let ids: Awaited<ReturnType<typeof startWithTenants>>['ids'];
const start = async (options: Parameters<typeof startWithTenants>[0] = {}) => ({ it, ids } = await startWithTenants(options));
afterEach(() => it.stop());
const credential = (tenant: Tenant): Credential => ({ id: `generator:${ids[tenant]}`, pak: paks[tenant], tenant: ids[tenant] });
const as = (tenant: Tenant) => ({ as: 'operator' as const, credential: credential(tenant) });
const names = ({ rows }: { rows: { name: string }[] }) => rows.map(({ name }) => name);

describe('a generator’s key', () => {
  beforeEach(() => start());

  test('lists the agents registered with it, and says what it does not show of them', async () => {
    const page = await it.call(listAgents, as('red'));
    expect(names(page)).toEqual(['shared', 'red-one']);
    expect(page.limited).toBe('key_cannot_read');
    expect(page.rows[1]).toMatchObject({
      status: 'ACTIVE',
      clusterName: 'fra-prod-1',
      heartbeatAgeMs: 4_000,
      k8sLatencyMs: 11,
      state: 'unknown',
    });
    expect(page.rows[1]).toMatchObject({
      connection: null,
      pendingObjects: null,
      claimedWorkOrders: null,
      healthFailing: null,
      lastEventStatus: null,
    });
    expect(page.rows[0]).toMatchObject({ state: 'silent' }); // its silence is in its record
    expect(names(await it.call(listAgents, as('blue')))).toEqual(['shared', 'blue-one']);
  });
  test('finds by search and filters nothing of others, and counts nothing of them', async () => {
    expect(await it.call(listAgents, { ...as('red'), query: { q: 'blue-one' } })).toMatchObject({
      rows: [],
      total: 0,
      totalUnfiltered: 2,
      hiddenByScope: 0,
    });
    expect((await it.call(listAgents, { ...as('red'), query: { filter: 'cluster:lab-blue' } })).total).toBe(0);
    expect((await it.call(listAgents, as('red'))).facets['cluster']).toEqual([{ value: 'fra-prod-1', count: 2 }]);
    expect((await it.call(listStacks, { ...as('red'), query: { q: 'bank' } })).total).toBe(0);
  });
  test('groups, maps and finds its own world alone, and what it knows of it', async () => {
    const groups = await it.call(listAgentGroups, { ...as('red'), query: { by: 'cluster' } });
    expect(groups).toMatchObject({ total: 2, groups: [{ key: 'fra-prod-1', agents: 2, tally: { silent: 1, unknown: 1, active: 0 } }] });
    const map = await it.call(readFleetMap, as('red'));
    expect(map.cells.map(([, name]) => name).toSorted()).toEqual(['red-one', 'shared']);
    const found = await it.call(searchEverything, { ...as('red'), query: { q: 'blue' } });
    expect(found).toEqual({ agents: [], stacks: [], hiddenByScope: 0 }); // a key's own world is whole
    expect(await it.call(searchEverything, { ...as('red'), query: { q: 'red' } })).toMatchObject({
      agents: [{ name: 'red-one' }, { name: 'shared' }],
      stacks: [{ name: 'red-shop', generatorName: 'red' }],
    });
  });
  test('lists its own stacks and itself', async () => {
    expect(names(await it.call(listStacks, as('red')))).toEqual(['red-shop']);
    expect(names(await it.call(listGenerators, as('red')))).toEqual(['red']);
    expect((await it.call(listStacks, as('red'))).rows[0]).toMatchObject({ generatorName: 'red' });
  });
  test('reads its own stack with its tags and revisions, and makes new ones for itself', async () => {
    expect((await it.call(readStack, { ...as('red'), params: { stackId: ids.redStack } })).stack.name).toBe('red-shop');
    const labels = await it.call(readStackLabels, { ...as('red'), params: { stackId: ids.redStack } });
    expect(labels.items).toEqual(['tier:1']);
    await it.call(addStackLabel, { ...as('red'), params: { stackId: ids.redStack }, etag: labels.etag, body: { label: 'new' } });
    expect((await it.call(listRevisions, { ...as('red'), params: { stackId: ids.redStack } })).total).toBe(1);
    const { rows } = await it.call(listStackFacts, { ...as('red'), query: { stacks: ids.redStack } });
    expect(rows[0]).toMatchObject({ labels: ['new', 'tier:1'] });
    expect(await it.call(createStack, { ...as('red'), body: { name: 'red-new', generatorId: ids.red } })).toMatchObject({
      generatorId: ids.red,
    });
  });

  test.each([
    ['a stack', () => it.call(readStack, { ...as('red'), params: { stackId: ids.blueStack } })],
    ['a stack’s labels', () => it.call(readStackLabels, { ...as('red'), params: { stackId: ids.blueStack } })],
    ['a stack’s history', () => it.call(listStackHistory, { ...as('red'), params: { stackId: ids.blueStack } })],
    ['a stack’s revisions', () => it.call(listRevisions, { ...as('red'), params: { stackId: ids.blueStack } })],
    [
      'a deletion of a stack',
      () => it.call(deleteStack, { ...as('red'), params: { stackId: ids.blueStack }, body: { reason: 'mine now' } }),
    ],
    [
      'one foreign stack among its own',
      () => it.call(listStackFacts, { ...as('red'), query: { stacks: `${ids.redStack},${ids.blueStack}` } }),
    ],
    ['an agent', () => it.call(readAgent, { ...as('red'), params: { agentId: ids.blueAgent } })],
    ['an agent’s history', () => it.call(listAgentHistory, { ...as('red'), params: { agentId: ids.blueAgent } })],
    ['an agent’s labels', () => it.call(readAgentLabels, { ...as('red'), params: { agentId: ids.blueAgent } })],
    ['another tenant’s view', () => it.call(listStacks, { ...as('red'), query: { tenant: ids.blue } })],
    ['a new stack for another tenant', () => it.call(createStack, { ...as('red'), body: { name: 'theirs', generatorId: ids.blue } })],
  ])('does not see %s of another tenant: it is not there', async (_what, call) => {
    expect(await problemOf(call())).toMatchObject({ status: 404, code: 'not_found' });
  });
  test('what is another’s and what is not there are told alike', async () => {
    const foreign = await problemOf(it.call(readStack, { ...as('red'), params: { stackId: ids.blueStack } }));
    expect(foreign).toEqual(await problemOf(it.call(readStack, { ...as('red'), params: { stackId: unknownId } })));
    const { rows } = await it.call(listRevisions, { params: { stackId: ids.blueStack } });
    const revision = await problemOf(it.call(readRevision, { ...as('red'), params: { revisionId: rows[0]?.id ?? '' } }));
    expect(revision).toEqual(await problemOf(it.call(readRevision, { ...as('red'), params: { revisionId: unknownId } })));
  });

  test.each([
    ['an agent’s details', () => it.call(readAgent, { ...as('red'), params: { agentId: ids.redAgent } })],
    ['its events', () => it.call(listAgentEvents, { ...as('red'), params: { agentId: ids.redAgent } })],
    ['its labels', () => it.call(readAgentLabels, { ...as('red'), params: { agentId: ids.redAgent } })],
    ['labels of a page', () => it.call(listLabelsOfAgents, { ...as('red'), query: { agents: ids.redAgent } })],
    ['its targets', () => it.call(listAgentTargets, { ...as('red'), params: { agentId: ids.redAgent } })],
    ['its registrations', () => it.call(listAgentRegistrations, { ...as('red'), params: { agentId: ids.redAgent } })],
    [
      'a label to add',
      () => it.call(addAgentLabel, { ...as('red'), params: { agentId: ids.redAgent }, etag: '"x"', body: { label: 'x' } }),
    ],
  ])('is told why it cannot have %s, and the broker is not asked', async (_what, call) => {
    await it.call(listAgents, as('red'));
    const asked = it.simulator.count.total();
    expect(await problemOf(call())).toMatchObject({ status: 403, code: 'key_cannot_read' });
    expect(it.simulator.count.total()).toBe(asked);
    expect(await it.newestRow()).toMatchObject({ type: 'authz.access.denied', code: 'key_cannot_read', outcome: 'denied' });
  });
  test('sets targets of its own stacks at its own agents, and is told that it cannot read them', async () => {
    const change = { ...as('red'), params: { agentId: ids.redAgent }, body: { stackId: ids.redStack } };
    const added = await it.call(addAgentTarget, change);
    expect(added).toMatchObject({ rows: [{ stackName: 'red-shop', generatorName: 'red' }], limited: 'key_cannot_read' });
    expect(await it.newestRow()).toMatchObject({
      type: 'agent.target.added',
      outcome: 'success',
      resource: { kind: 'agent', id: ids.redAgent, name: 'red-one' },
      after: { stackName: 'red-shop' },
    });
    expect((await it.call(listAgentTargets, { params: { agentId: ids.redAgent } })).rows).toMatchObject([{ stackName: 'red-shop' }]);
    expect(await problemOf(it.call(addAgentTarget, change))).toMatchObject({
      code: 'conflict',
      errors: [{ path: 'stackId', code: 'taken' }],
    });
    expect(await it.call(removeAgentTarget, change)).toMatchObject({ rows: [], limited: 'key_cannot_read' });
    expect(await it.newestRow()).toMatchObject({ type: 'agent.target.removed', before: { stackName: 'red-shop' } });
    expect(await problemOf(it.call(removeAgentTarget, change))).toMatchObject({ code: 'not_found' });
    const asked = Object.keys(it.upstream()).filter((operation) => operation.startsWith('GET /api/v1/agents/'));
    expect(asked).toEqual(['GET /api/v1/agents/{id}/targets', 'GET /api/v1/agents/{id}', 'GET /api/v1/agents/{id}/fleet-status']); // the admin’s own
  });
  test.each([
    ['another’s stack', () => ({ agentId: ids.redAgent, stackId: ids.blueStack })],
    ['another’s agent', () => ({ agentId: ids.blueAgent, stackId: ids.redStack })],
  ])('sets no target of %s: it is not there, and the broker is not told to', async (_what, named) => {
    const { agentId, stackId } = named();
    for (const endpoint of [addAgentTarget, removeAgentTarget])
      expect(await problemOf(it.call(endpoint, { ...as('red'), params: { agentId }, body: { stackId } }))).toMatchObject({
        code: 'not_found',
      });
    expect(it.upstream()['POST /api/v1/agents/{id}/targets']).toBeUndefined();
  });
  test('rides no admin’s role', async () => {
    expect(await problemOf(it.call(createAgent, { ...as('red'), body: { name: 'x', clusterName: 'y', generatorIds: [] } }))).toMatchObject({
      code: 'role_required',
    });
  });
  test('is told at sign-in what it cannot have and why', async () => {
    const session = Session.parse(await it.call(readSession, as('red')));
    expect(session).toMatchObject({ signedIn: true, tenant: ids.red });
    const refusals: Refusals = session.signedIn ? session.refusals : {};
    expect(refusals[readAgent.id]).toEqual({ needs: 'admin', why: 'key_cannot_read' });
    expect(refusals[createAgent.id]).toEqual({ needs: 'admin', why: 'key_cannot_read' }); // no role of theirs would help
    expect(refusals[listAgents.id]).toBeUndefined();
    expect(refusals[addStackLabel.id]).toBeUndefined();
  });
  test('can have these and nothing else: what is added to the console is not among them unless somebody adds it here too', async () => {
    const session = Session.parse(await it.call(readSession, as('red')));
    const refused: Refusals = session.signedIn ? session.refusals : {};
    const open = routes.map(({ endpoint }) => endpoint).filter(({ id, policy }) => policy !== 'public' && refused[id] === undefined);
    const stack = ['', '/annotations', '/deletion-marker', '/history', '/labels', '/preview', '/revisions'].map(
      (part) => `/stacks/:stackId${part}`,
    );
    const paths = [
      '/agent-groups',
      '/agent-map',
      '/agents',
      '/agents/:agentId/history',
      '/agents/:agentId/targets',
      '/compare',
      '/drafts',
      '/generators',
      '/health',
      '/revisions/:revisionId',
      '/search',
      '/sign-out',
      '/stack-facts',
      '/stacks',
      '/status',
      ...stack,
    ];
    expect([...new Set(open.map(({ path }) => path))].toSorted()).toEqual(paths.map((path) => `/api${path}`).toSorted());
    const changes = open.filter(({ method, policy }) => method !== 'GET' && policy === 'operate').map(({ path }) => path);
    const ofAgents = changes.filter((path) => !path.startsWith('/api/stacks'));
    expect([...new Set(ofAgents)]).toEqual(['/api/agents/:agentId/targets']); // nothing else of agents
    expect(refused[listAgentTargets.id]).toBeDefined();
  });
  test('shares no snapshot with another key', async () => {
    await it.call(listStacks);
    await it.call(listStacks, as('red'));
    await it.call(listStacks, as('blue'));
    expect(it.upstream()['GET /api/v1/stacks']).toBe(3);
  });
});

test('with the scoping off the history of another tenant’s stack would be read', async () => {
  await start({ tenantScope: async () => undefined });
  const labels = await it.call(readStackLabels, { params: { stackId: ids.blueStack } });
  await it.call(addStackLabel, { params: { stackId: ids.blueStack }, etag: labels.etag, body: { label: 'theirs' } });
  expect((await it.call(listStackHistory, { ...as('red'), params: { stackId: ids.blueStack } })).rows).toHaveLength(1);
});
