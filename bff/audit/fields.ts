import type { AuditType } from '#contract/audit.ts';

const agent = ['name', 'clusterName', 'status', 'generatorIds', 'generatorNames'];
const label = ['label', 'labels'];
const annotation = ['key', 'value', 'annotations'];
const target = ['stackId', 'stackName', 'generatorId', 'generatorName'];
const registration = ['generatorId', 'generatorName', 'targets', 'stackId', 'stackName'];
const stack = ['name', 'description', 'generatorId', 'generatorName'];
/** What was submitted is told by its checksum and size; its text rests at the broker. */
const revision = ['id', 'sequence', 'submittedAt', 'checksum', 'bytes', 'isDeletionMarker', 'rollbackTo'];
const account = ['name', 'role', 'disabled'];

/** Which members of what a change saw may rest in the ledger. Whatever is not named here is left out, secrets first of all. */
export const auditFields: Readonly<Record<AuditType, readonly string[]>> = {
  'auth.login.success': ['way'],
  'auth.login.failure': ['way'],
  'auth.logout': [],
  'auth.session.revoked': ['sessionId', 'why'],
  'authz.access.denied': [],
  'authz.csrf.refused': ['why'],
  'limits.rate_limited': ['limit'],
  'limits.invalid_requests': [],
  'admin.setup.completed': account,
  'admin.user.created': account,
  'admin.user.link_issued': account,
  'config.update': ['LOG_LEVEL', 'LOG_LEVELS', 'LIMIT_IN_FLIGHT', 'LIMIT_QUEUE'],
  'agent.created': agent,
  'agent.renamed': agent,
  'agent.activated': agent,
  'agent.deactivated': agent,
  'agent.status_changed': agent,
  'agent.deleted': agent,
  'agent.pak_rotated': agent,
  'agent.label.added': label,
  'agent.label.removed': label,
  'agent.annotation.added': annotation,
  'agent.annotation.removed': annotation,
  'agent.target.added': target,
  'agent.target.removed': target,
  'agent.registered': registration,
  'agent.deregistered': registration,
  'stack.created': stack,
  'stack.updated': stack,
  'stack.deleted': stack,
  'stack.label.added': label,
  'stack.label.removed': label,
  'stack.annotation.added': annotation,
  'stack.annotation.removed': annotation,
  'stack.revision.submitted': revision,
  'stack.revision.rolled_back': revision,
  'stack.deletion_marker.submitted': revision,
  'change.external_detected': ['etag', ...agent, ...stack, ...revision, ...label, ...annotation],
  'audit.queried': ['type', 'outcome', 'person', 'q', 'from', 'to'],
  'system.started': ['version', 'environment', 'broker'],
  'system.stopped': ['signal'],
};

/** Only the named members, at any depth; lists and plain values stay as they are. */
export function cutToFields(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => cutToFields(item, fields));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, member]) => fields.includes(name) && member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, cutToFields(member, fields)]));
}
