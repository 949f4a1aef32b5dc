import type { AuditEnd, AuditIntent } from '#bff/audit/store.ts';
import type { Person } from '#contract/session.ts';
import { uuidOf } from './world.ts';

export const grace: Person = { id: 'account:grace', name: 'Grace', role: 'admin', verified: true };
export const anIntent = (facts: Partial<AuditIntent> = {}): AuditIntent => ({
  type: 'agent.renamed',
  person: grace,
  sessionId: 'session-1',
  resource: { kind: 'agent', id: uuidOf(1), name: null },
  method: 'PATCH',
  path: '/api/agents/:agentId',
  reason: null,
  requestId: 'rq_0000000000000001',
  ip: '192.0.2.1',
  userAgent: 'test',
  ...facts,
});
export const anEnd = (facts: Partial<AuditEnd> = {}): AuditEnd => ({ outcome: 'success', code: null, status: 200, ...facts });
