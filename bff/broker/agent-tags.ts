import * as z from 'zod/mini';
import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireAnnotation, WireLabel } from './wire.ts';

/** Labels and annotations of agents; sorted, as the broker keeps no order. An unknown agent has none: the broker answers `[]`. */
export const brokerAgentTags = (http: BrokerHttp) => ({
  async labels(agentId: string, scope: CallScope): Promise<string[]> {
    const rows = await http.json('listAgentLabels', { agentId }, z.array(WireLabel), scope);
    return rows.map(({ label }) => label).toSorted();
  },
  addLabel: (agentId: string, label: string, scope: CallScope) =>
    http.json('addAgentLabel', { agentId }, WireLabel, scope, { body: { agent_id: agentId, label } }),
  removeLabel: (agentId: string, label: string, scope: CallScope) => http.done('removeAgentLabel', { agentId, label }, scope),

  async annotations(agentId: string, scope: CallScope): Promise<{ key: string; value: string }[]> {
    const rows = await http.json('listAgentAnnotations', { agentId }, z.array(WireAnnotation), scope);
    return rows.map(({ key, value }) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  },
  addAnnotation: (agentId: string, { key, value }: { key: string; value: string }, scope: CallScope) =>
    http.json('addAgentAnnotation', { agentId }, WireAnnotation, scope, { body: { agent_id: agentId, key, value } }),
  removeAnnotation: (agentId: string, key: string, scope: CallScope) => http.done('removeAgentAnnotation', { agentId, key }, scope),
});
