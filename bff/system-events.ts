import type { AuditEnd, AuditIntent, AuditStore } from '#bff/audit/store.ts';
import type { AuditType } from '#contract/audit.ts';
import type { Log } from '#contract/ports.ts';
import { mintRequestId } from '#bff/http/request-context.ts';

export type RecordEvent = (type: AuditType, resource: AuditIntent['resource'], facts?: Pick<AuditEnd, 'before' | 'after'>) => Promise<void>;

/** Records what the console does, or finds, without anybody asking for it. What cannot be recorded stands in the log. */
export const systemEvents =
  (audit: AuditStore, log: Log): RecordEvent =>
  async (type, resource, facts = {}) => {
    const requestId = mintRequestId();
    const intent = {
      type,
      person: null,
      sessionId: null,
      resource,
      method: 'SYSTEM',
      path: '',
      reason: null,
      requestId,
      ip: null,
      userAgent: null,
    };
    await audit.record(intent, { outcome: 'success', code: null, status: null, ...facts }).catch((error: unknown) => {
      log.error('an event could not be recorded', { type, request_id: requestId, error });
    });
  };
