import * as z from 'zod/mini';
import type { Annotation } from '#contract/agent-tags.ts';
import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireAnnotation, WireLabel } from './wire.ts';

/** Labels and annotations of one kind of owner, agents or stacks. */
export interface BrokerTags {
  labels(ownerId: string, scope: CallScope): Promise<string[]>;
  addLabel(ownerId: string, label: string, scope: CallScope): Promise<unknown>;
  removeLabel(ownerId: string, label: string, scope: CallScope): Promise<void>;
  annotations(ownerId: string, scope: CallScope): Promise<Annotation[]>;
  addAnnotation(ownerId: string, annotation: Annotation, scope: CallScope): Promise<unknown>;
  removeAnnotation(ownerId: string, key: string, scope: CallScope): Promise<void>;
}

/** Labels and annotations of agents; sorted, as the broker keeps no order. An unknown agent has none: the broker answers `[]`. */
export const brokerAgentTags = (http: BrokerHttp): BrokerTags => ({
  async labels(agentId, scope) {
    const rows = await http.json('listAgentLabels', { agentId }, z.array(WireLabel), scope);
    return rows.map(({ label }) => label).toSorted();
  },
  addLabel: (agentId, label, scope) => http.json('addAgentLabel', { agentId }, WireLabel, scope, { body: { agent_id: agentId, label } }),
  removeLabel: (agentId, label, scope) => http.done('removeAgentLabel', { agentId, label }, scope),

  async annotations(agentId, scope) {
    const rows = await http.json('listAgentAnnotations', { agentId }, z.array(WireAnnotation), scope);
    return rows.map(({ key, value }) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  },
  addAnnotation: (agentId, { key, value }, scope) =>
    http.json('addAgentAnnotation', { agentId }, WireAnnotation, scope, { body: { agent_id: agentId, key, value } }),
  removeAnnotation: (agentId, key, scope) => http.done('removeAgentAnnotation', { agentId, key }, scope),
});
