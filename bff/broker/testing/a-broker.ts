import type { Log, Send } from '#contract/ports.ts';
import { createBroker } from '../broker.ts';
import type { BrokerOptions } from '../broker-http.ts';
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

/** Options whose clock runs every timer at once. */
export function brokerOptions(send: Send, overrides: Partial<BrokerOptions> = {}): BrokerOptions {
  return {
    send,
    clock: { now: () => 0, setTimer: (callback) => (queueMicrotask(callback), () => undefined) },
    random: { bytes: (length) => new Uint8Array(length).fill(255) },
    log: quietLog,
    budget: createRetryBudget(),
    onMasked: () => undefined,
    onRefused: () => undefined,
    ...overrides,
  };
}
export const aBroker = (send: Send, overrides: Partial<BrokerOptions> = {}, credentialId = 'service') =>
  createBroker({ id: credentialId, pak: adminPak }, brokerOptions(send, overrides));
