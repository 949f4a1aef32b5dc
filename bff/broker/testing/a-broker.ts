import type { Log, Send } from '#contract/ports.ts';
import { createBroker } from '../broker.ts';
import type { BrokerOptions } from '../broker-http.ts';
import type { Breakers } from '../breaker.ts';
import { createRetryBudget } from '../retry-budget.ts';

export const quietLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quietLog,
};
export const scope = { requestId: 'rq_00112233445566aa' };
export const adminPak = 'brokkr_BRtester_8CqmRvXx4Hn2bTfYw7KdPs9LgZaEjU3tQ';

/** As if there were no breaker: whatever fails, the next call goes out. */
const always = { enter: () => () => undefined };
export const noBreakers: Breakers = { reads: always, changes: always, lists: always };

/** Options whose clock runs every timer at once. */
export function brokerOptions(send: Send, overrides: Partial<BrokerOptions> = {}): BrokerOptions {
  return {
    send,
    clock: { now: () => 0, setTimer: (callback) => (queueMicrotask(callback), () => undefined) },
    random: { bytes: (length) => new Uint8Array(length).fill(255) },
    log: quietLog,
    budget: createRetryBudget(),
    breakers: noBreakers,
    onMasked: () => undefined,
    onRefused: () => undefined,
    ...overrides,
  };
}
export const aBroker = (send: Send, overrides: Partial<BrokerOptions> = {}, credentialId = 'service') =>
  createBroker({ id: credentialId, pak: adminPak }, brokerOptions(send, overrides));
