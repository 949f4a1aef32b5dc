import type { BrokerHttp, CallScope } from './broker-http.ts';

export const brokerStacks = (http: BrokerHttp) => ({
  list: (scope: CallScope) => http.bytes('listStacks', {}, scope),
});
