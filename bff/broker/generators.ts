import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireGenerator } from './wire.ts';

export const brokerGenerators = (http: BrokerHttp) => ({
  /** Without the system generator, which no list of the broker shows. */
  list: (scope: CallScope) => http.bytes('listGenerators', {}, scope),
  read: (generatorId: string, scope: CallScope) => http.json('readGenerator', { generatorId }, WireGenerator, scope),
});
