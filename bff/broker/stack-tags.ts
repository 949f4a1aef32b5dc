import * as z from 'zod/mini';
import type { BrokerTags } from './agent-tags.ts';
import type { BrokerHttp } from './broker-http.ts';
import { WireStackAnnotation, WireStackLabel } from './wire.ts';

/** Labels and annotations of stacks; sorted, as the broker keeps no order. To an admin an unknown stack has none: `[]`. */
export const brokerStackTags = (http: BrokerHttp): BrokerTags => ({
  async labels(stackId, scope) {
    const rows = await http.json('listStackLabels', { stackId }, z.array(WireStackLabel), scope);
    return rows.map(({ label }) => label).toSorted();
  },
  /** The body is the bare text, unlike an agent's. */
  addLabel: (stackId, label, scope) => http.json('addStackLabel', { stackId }, WireStackLabel, scope, { body: label }),
  removeLabel: (stackId, label, scope) => http.done('removeStackLabel', { stackId, label }, scope),

  async annotations(stackId, scope) {
    const rows = await http.json('listStackAnnotations', { stackId }, z.array(WireStackAnnotation), scope);
    return rows.map(({ key, value }) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  },
  addAnnotation: (stackId, { key, value }, scope) =>
    http.json('addStackAnnotation', { stackId }, WireStackAnnotation, scope, { body: { stack_id: stackId, key, value } }),
  removeAnnotation: (stackId, key, scope) => http.done('removeStackAnnotation', { stackId, key }, scope),
});
