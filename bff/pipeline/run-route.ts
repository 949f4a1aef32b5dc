import type { AuditIntent, IdempotencyClaim } from '#bff/audit/store.ts';
import type { AuditType } from '#contract/audit.ts';
import { idempotencyHeader, type Endpoint } from '#contract/endpoint.ts';
import type { ProblemCode } from '#contract/problem.ts';
import { audited, outcomeOf } from './audited.ts';
import { contextOf } from './context.ts';
import { intentOf } from './intent.ts';
import { modeOf } from './mode.ts';
import { parseRequest, type ParsedRequest } from './parse-request.ts';
import { permit } from './policy.ts';
import { requestHash } from './request-hash.ts';
import type { AnyRoute, Call, Observation, RawRequest } from './route.ts';
import type { Services } from './services.ts';
import { toProblem } from './to-problem.ts';

/**
 * The one way through for every call, whoever carries it: person (401) → role (403) → parse (400) → scope of the parsed
 * ids (404) → audited when the endpoint names an audit type → cut to the contract.
 */
export async function runRoute(route: AnyRoute, raw: RawRequest, call: Call, services: Services): Promise<unknown> {
  const { endpoint } = route;
  const noted: Observation = {};
  const context = contextOf(endpoint, call, services, noted);
  const refusal = (type: AuditType) => async (error: unknown) => {
    const { status } = toProblem(error);
    if (status < 500 && status !== 401) await note(services, call, intentOf(endpoint, type, call, {}), error, noted);
    throw error;
  };
  await attempt(() => permit(services.policy, endpoint, call.caller?.person ?? null)).catch(refusal('authz.access.denied'));
  const request = await attempt(() => parseRequest(endpoint, raw)).catch(refusal('limits.invalid_requests'));
  await attempt(() => route.scope?.(request as never, context)).catch(refusal('authz.access.denied'));
  const answer = async () => cut(endpoint, await route.answer(request as never, context));
  const mode = modeOf(endpoint);
  if (mode === 'plain') return answer();
  if (mode === 'fact') return recorded(endpoint, request, call, services, noted, answer);
  return changed(endpoint, request, raw, call, services, noted, answer);
}
const attempt = async <T>(step: () => T | Promise<T>): Promise<T> => await step();

/** Only what the contract names leaves. An answer that does not fit is our fault, and after a change nobody knows what happened. */
function cut(endpoint: Endpoint, value: unknown): unknown {
  const result = endpoint.response.safeParse(value);
  if (result.success) return result.data;
  const text = result.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ');
  throw new Error(`the answer of ${endpoint.id} does not fit its contract: ${text}`);
}

async function changed(
  endpoint: Endpoint,
  request: ParsedRequest,
  raw: RawRequest,
  call: Call,
  services: Services,
  noted: Observation,
  answer: () => Promise<unknown>,
): Promise<unknown> {
  const { audit, changes, digest } = services;
  const intent = intentOf(endpoint, endpoint.audit as AuditType, call, request); // `modeOf` has seen that there is one
  const secret = endpoint.secret === true;
  const { kind, id } = intent.resource;
  const run = (claim?: IdempotencyClaim) =>
    changes.inOrder(id && `${kind}/${id}`, call.signal, () => audited(audit, { intent, claim, secret }, () => noted, answer));
  const key = raw.headers[idempotencyHeader];
  if (!call.caller || !key) return run(); // `parseRequest` has insisted on a key where one is needed
  const claim = { personId: call.caller.person.id, key: key.toLowerCase(), requestHash: await requestHash(digest, endpoint, request) };
  const { value, shared } = await changes.once(`${claim.personId} ${claim.key}`, claim.requestHash, () => run(claim));
  // The key goes to the one who asked first; the ledger knows what the other one may be told.
  return shared && secret ? run(claim) : value;
}

/** Sign-in counts only with its row (requirement 7.3); a query is answered even while the ledger cannot be written. */
async function recorded(
  endpoint: Endpoint,
  request: ParsedRequest,
  call: Call,
  services: Services,
  noted: Observation,
  answer: () => Promise<unknown>,
): Promise<unknown> {
  const intent = intentOf(endpoint, endpoint.audit as AuditType, call, request);
  const value = await answer().catch(async (error: unknown) => {
    await note(services, call, { ...intent, type: failedAs(intent.type, toProblem(error).code) }, error, noted);
    throw error;
  });
  const write = services.audit.record(intent, { outcome: 'success', code: null, status: 200, ...noted });
  if (endpoint.method === 'GET')
    await write.catch((error: unknown) => services.log.error('a query could not be recorded', { error, request_id: call.requestId }));
  else await write;
  return value;
}

function failedAs(type: AuditType, code: ProblemCode): AuditType {
  if (code === 'rate_limited') return 'limits.rate_limited';
  return type === 'auth.login.success' ? 'auth.login.failure' : type;
}

/** Records a refusal. The refusal stands even while the ledger cannot be written; the log then has it. */
async function note(services: Services, call: Call, intent: AuditIntent, error: unknown, noted: Observation): Promise<void> {
  const { code, status } = toProblem(error);
  const outcome = intent.type === 'authz.access.denied' ? 'denied' : outcomeOf(error);
  await services.audit.record(intent, { outcome, code, status, ...noted }).catch((failure: unknown) => {
    services.log.error('a refusal could not be recorded', { error: failure, code, request_id: call.requestId });
  });
}
