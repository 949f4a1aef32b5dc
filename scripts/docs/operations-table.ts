import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint, Policy } from '#contract/endpoint.ts';

const contract = join(import.meta.dirname, '../../bff/contract');
const roleOf: Record<Policy, string> = {
  public: 'anyone',
  session: 'any person',
  read: 'viewer',
  operate: 'operator',
  administer: 'admin',
};
/** Where a person meets each operation; a new endpoint has to say it here. */
const screens: Record<string, string> = {
  'GET /api/session': 'every page',
  'POST /api/sign-in/account': 'Sign-in',
  'POST /api/sign-in/pak': 'Sign-in',
  'POST /api/sign-in/explore': 'Sign-in (embedded simulator on loopback, demo)',
  'POST /api/setup': 'Setup (one-time link)',
  'POST /api/sign-out': 'Person menu',
  'GET /api/status': 'none: for monitoring and scripts',
  'GET /api/health': 'Health',
  'POST /api/admin/reload': 'none: for scripts',
  'GET /api/agents': 'Fleet',
  'GET /api/agent-groups': 'Fleet, grouped by cluster or label',
  'GET /api/agent-map': 'Fleet, map',
  'GET /api/search': 'every page, ⌘K',
  'GET /api/agent-labels': 'Fleet, labels of the visible page',
  'POST /api/agents': 'Fleet, create agent',
  'GET /api/agents/:agentId': 'Agent, overview',
  'PATCH /api/agents/:agentId': 'Agent, rename',
  'PUT /api/agents/:agentId/status': 'Agent, activate and deactivate',
  'POST /api/agents/:agentId/rotate-pak': 'Agent, rotate key',
  'DELETE /api/agents/:agentId': 'Agent, delete',
  'GET /api/agents/:agentId/events': 'Agent, events',
  'GET /api/agents/:agentId/reached-by': 'Agent, reached by and health',
  'GET /api/agents/:agentId/history': 'Agent, history',
  'GET /api/agents/:agentId/labels': 'Agent, labels',
  'POST /api/agents/:agentId/labels': 'Agent, labels',
  'DELETE /api/agents/:agentId/labels': 'Agent, labels',
  'GET /api/agents/:agentId/annotations': 'Agent, annotations',
  'POST /api/agents/:agentId/annotations': 'Agent, annotations',
  'DELETE /api/agents/:agentId/annotations': 'Agent, annotations',
  'GET /api/agents/:agentId/targets': 'Agent, targets',
  'POST /api/agents/:agentId/targets': 'Agent, targets; Stack, targets',
  'DELETE /api/agents/:agentId/targets': 'Agent, targets; Stack, targets',
  'GET /api/agents/:agentId/registrations': 'Agent, registrations',
  'POST /api/agents/:agentId/registrations': 'Agent, registrations',
  'DELETE /api/agents/:agentId/registrations': 'Agent, registrations',
  'GET /api/stacks': 'Stacks; Agent, choice of a target',
  'GET /api/stack-facts': 'Stacks, labels, revision and roll-up of the visible page',
  'POST /api/stacks': 'Stacks, create stack',
  'GET /api/stacks/:stackId': 'Stack',
  'PATCH /api/stacks/:stackId': 'Stack, edit',
  'DELETE /api/stacks/:stackId': 'Stack, delete',
  'GET /api/stacks/:stackId/agents': 'Stack, agents and health',
  'GET /api/stacks/:stackId/matrix': 'Stack, agents by cluster and cause',
  'GET /api/agents/:agentId/reach-reasons': 'Agent, what hangs on a label or annotation',
  'GET /api/stacks/:stackId/objects': 'Stack, health by object',
  'GET /api/stacks/:stackId/tag-reach': 'Stack, what a label or annotation reaches',
  'GET /api/stacks/:stackId/history': 'Stack, history',
  'GET /api/stacks/:stackId/labels': 'Stack, labels',
  'POST /api/stacks/:stackId/labels': 'Stack, labels',
  'DELETE /api/stacks/:stackId/labels': 'Stack, labels',
  'GET /api/stacks/:stackId/annotations': 'Stack, annotations',
  'POST /api/stacks/:stackId/annotations': 'Stack, annotations',
  'DELETE /api/stacks/:stackId/annotations': 'Stack, annotations',
  'GET /api/stacks/:stackId/revisions': 'Stack, revisions',
  'POST /api/stacks/:stackId/revisions': 'Stack, submit; roll back to a revision',
  'POST /api/stacks/:stackId/preview': 'Stack, submit: what it would do',
  'POST /api/stacks/:stackId/deletion-marker': 'Stack, deletion marker',
  'GET /api/revisions/:revisionId': 'Stack, text of a revision',
  'GET /api/compare': 'Compare two revisions',
  'GET /api/generators': 'Agent, choice of a registration; create agent',
  'GET /api/audit': 'Audit',
  'GET /api/audit/:seq': 'Audit, detail',
  'GET /api/broker-audit': "Audit, the broker's own record",
  'GET /api/drafts': 'every form',
  'PUT /api/drafts': 'every form',
  'DELETE /api/drafts': 'every form',
};

/** Every endpoint that the contract declares, found by looking at what its files export. */
export async function contractEndpoints(): Promise<Endpoint[]> {
  const files = readdirSync(contract).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const modules = await Promise.all(files.map((name) => import(join(contract, name)) as Promise<Record<string, unknown>>));
  const isEndpoint = (value: unknown): value is Endpoint =>
    typeof value === 'object' && value !== null && 'policy' in value && 'method' in value;
  return modules
    .flatMap((module) => Object.values(module))
    .filter(isEndpoint)
    .toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}
export const screenOf = (endpoint: Endpoint): string | undefined => screens[endpoint.id];

export async function operationsTable(): Promise<string> {
  const rows = (await contractEndpoints()).map((endpoint) => {
    const { id, policy, audit } = endpoint;
    return `| \`${id}\` | ${screenOf(endpoint) ?? ''} | ${roleOf[policy]} | ${audit === 'none' ? 'none' : `\`${audit}\``} |`;
  });
  return `# Operations

What the console can be asked for, where a person meets it, the least role that may, and what the audit log records.
Generated by \`npm run docs\` from \`bff/contract\` and \`scripts/docs/operations-table.ts\`; a test fails when it is out of date.

| Operation | Screen | Role | Audit type |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
