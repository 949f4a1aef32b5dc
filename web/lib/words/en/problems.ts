import type { Problem, ProblemCode } from '#contract/problem.ts';

interface Told {
  title: string;
  detail: string;
}
const wait = ({ retry_after_s: seconds }: Problem) =>
  seconds === undefined ? 'Try again in a moment.' : `Try again in ${Math.ceil(seconds)} s.`;

/** What happened, and what to do, for every way a call can fail. */
const told: Record<ProblemCode, (problem: Problem) => Told> = {
  invalid_request: () => ({ title: 'The console refused these values', detail: 'Nothing was changed. The fields that are wrong say why.' }),
  malformed_json: () => ({ title: 'The request did not arrive whole', detail: 'Nothing was changed. Send it again.' }),
  bad_target: () => ({ title: 'This address is not one the console answers', detail: 'Check the address, or start from the fleet.' }),
  idempotency_key_missing: () => ({
    title: 'The page sent an incomplete change',
    detail: 'Nothing was changed. Reload the page to get its current version.',
  }),
  plan_not_supported: () => ({ title: 'This change cannot be bound to a plan yet', detail: 'Nothing was changed.' }),
  sign_in_required: () => ({ title: 'You are signed out', detail: 'Sign in again to go on; what you typed is kept.' }),
  sign_in_failed: () => ({
    title: 'Not signed in',
    detail: 'The name or the secret is wrong, or this way of signing in is closed to you.',
  }),
  role_required: ({ needs }) => ({
    title: 'Your role may not do this',
    detail: needs ? `It takes the role ${needs}; an admin can change yours.` : 'An admin can change your role.',
  }),
  csrf_refused: () => ({ title: 'The request did not come from this page', detail: 'Nothing was changed. Reload the page and try again.' }),
  key_kind_refused: () => ({
    title: 'This kind of broker key cannot sign in',
    detail: 'Sign in with an admin key or a generator’s; an agent’s key is for the agent.',
  }),
  key_cannot_read: () => ({
    title: 'The broker does not show this to your key',
    detail: 'A generator’s key sees its own stacks and the agents registered with it. An account or an admin key sees this too.',
  }),
  explore_unavailable: () => ({
    title: 'Exploring is not offered here',
    detail: 'It exists only with the embedded simulator on this machine.',
  }),
  not_found: () => ({ title: 'Not there, or not any more', detail: 'It may have been deleted. The audit says by whom.' }),
  link_spent: () => ({ title: 'This link has been used or has expired', detail: 'An admin can issue a new one with npm run account.' }),
  method_not_allowed: () => ({ title: 'The console does not do this', detail: 'Nothing was changed.' }),
  conflict: ({ errors, upstream }) => ({
    title: errors?.[0]?.message ?? 'It collides with what is already there',
    detail: upstream?.code ? `The broker says ${upstream.code}. Nothing was changed.` : 'Nothing was changed.',
  }),
  idempotency_key_reused: () => ({
    title: 'An earlier try with other values is not settled',
    detail: 'Read what is there now before sending this again.',
  }),
  secret_not_repeated: () => ({ title: 'It was done, and its key is not shown twice', detail: 'Rotate the key to get a new one.' }),
  configuration_faulty: () => ({
    title: 'The new configuration has faults',
    detail: 'The console goes on with the one it has. The keys that are wrong say why.',
  }),
  changed_meanwhile: () => ({ title: 'Somebody changed it first', detail: 'Your change was not sent. Compare, then decide.' }),
  body_too_large: () => ({ title: 'This is more than the console takes', detail: 'Nothing was changed. Shorten it and send it again.' }),
  url_too_long: () => ({ title: 'This address is longer than the console takes', detail: 'Use fewer filters.' }),
  unsupported_media_type: () => ({
    title: 'The page sent a form the console does not read',
    detail: 'Nothing was changed. Reload the page.',
  }),
  misdirected: () => ({ title: 'The console is not served under this name', detail: 'Open it under the address it was started with.' }),
  broker_refused: ({ upstream }) => ({
    title: 'The broker refused this',
    detail: upstream?.code
      ? `It says ${upstream.code}. Nothing was changed.`
      : upstream?.status === 403
        ? 'The key in use may not do this. Nothing was changed.'
        : 'Nothing was changed.',
  }),
  precondition_required: () => ({
    title: 'The page did not say which version it changes',
    detail: 'Nothing was changed. Reload the page.',
  }),
  rate_limited: (problem) => ({ title: 'Too many requests', detail: wait(problem) }),
  headers_too_large: () => ({
    title: 'The browser sent more headers than the console takes',
    detail: 'Clear the cookies of this address.',
  }),
  internal: () => ({ title: 'The console failed', detail: 'The fault is in its log under the request below.' }),
  audit_outcome_unrecorded: () => ({
    title: 'Done or not: the record of it could not be written',
    detail: 'Further changes stay closed until the audit store is repaired. Read what is there now.',
  }),
  broker_answer_invalid: () => ({
    title: "The broker's answer could not be read",
    detail: 'The console takes nothing from an answer it does not understand.',
  }),
  broker_unreachable: () => ({ title: 'The broker cannot be reached', detail: 'Nothing was changed; reading again is safe.' }),
  service_credential_refused: () => ({
    title: "The broker refuses the console's own key",
    detail: 'An operator of the console has to give it a valid one.',
  }),
  store_unavailable: (problem) => ({ title: "The console's store does not answer", detail: `Nothing was changed. ${wait(problem)}` }),
  audit_unavailable: () => ({
    title: 'Not done: the audit cannot be written',
    detail: 'The console changes nothing that it cannot record. Reading goes on.',
  }),
  shutting_down: () => ({ title: 'The console is restarting', detail: 'It will answer again by itself.' }),
  overloaded: (problem) => ({ title: 'The console has more to do than it can', detail: `Nothing was changed. ${wait(problem)}` }),
  broker_timeout: () => ({ title: 'The broker did not answer in time', detail: 'Reading again is safe.' }),
  outcome_unknown: () => ({
    title: 'Not known whether it was done',
    detail: 'The broker did not answer in time. Look at what is there now before you repeat it.',
  }),
  console_unreachable: () => ({
    title: 'The console cannot be reached',
    detail: 'Nothing is known to have changed. It is tried again by itself.',
  }),
};

export const problemWords = {
  byCode: (problem: Problem): Told => told[problem.code](problem),
  pageFault: { title: 'The page failed to show this', detail: 'The fault is in the page itself; reading again may help.' },
};
