import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireRevision, WireSubmission } from './wire.ts';

/** A stack's revisions. The broker has no pages and no metadata alone: whoever lists them gets every text. */
export const brokerDeploymentObjects = (http: BrokerHttp) => ({
  list: (stackId: string, scope: CallScope) => http.bytes('listDeploymentObjects', { stackId }, scope),
  health: (revisionId: string, scope: CallScope) => http.bytes('readDeploymentHealth', { revisionId }, scope),
  read: (revisionId: string, scope: CallScope) => http.json('readDeploymentObject', { revisionId }, WireSubmission, scope),
  /** The text as it was submitted, with whatever looks like a key in it: to be sent back, never to be shown. */
  text: (revisionId: string, scope: CallScope) => http.yaml('readDeploymentObject', { revisionId }, scope),
  submit: (stackId: string, yaml: string, scope: CallScope) =>
    http.json('submitDeploymentObject', { stackId }, WireRevision, scope, { yaml }),
  /** Always empty: agents never look at the mark and apply whatever text it carries. */
  submitMarker: (stackId: string, scope: CallScope) =>
    http.json('submitDeploymentObject', { stackId }, WireRevision, scope, { yaml: '', query: { deletion_marker: 'true' } }),
});
