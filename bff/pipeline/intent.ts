import type { AuditIntent } from '#bff/audit/store.ts';
import type { AuditType } from '#contract/audit.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import type { ParsedRequest } from './parse-request.ts';
import type { Call } from './route.ts';

/** The noun is the first word of the audit type, its id the path's parameter of that name. */
export function intentOf(endpoint: Endpoint, type: AuditType, call: Call, { params, body }: Partial<ParsedRequest>): AuditIntent {
  const { caller, requestId, origin } = call;
  const kind = endpoint.audit === 'none' ? 'route' : (endpoint.audit.split('.')[0] ?? 'route');
  const id = params?.[`${kind}Id`];
  const reason = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : null;
  return {
    type,
    person: caller?.person ?? null,
    sessionId: caller?.sessionId ?? null,
    resource: { kind, id: typeof id === 'string' ? id : null, name: null },
    method: endpoint.method,
    path: endpoint.path,
    reason: typeof reason === 'string' ? reason : null,
    requestId,
    ...origin,
  };
}
