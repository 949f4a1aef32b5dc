import type { Arrived, BrokerHttp, CallScope } from './broker-http.ts';
import { WireGenerator } from './wire.ts';

export const brokerGenerators = (http: BrokerHttp) => ({
  /** Without the system generator, which no list of the broker shows. */
  list: (scope: CallScope) => http.bytes('listGenerators', {}, scope),
  /** The list that a generator's own key may have: itself. */
  async listOwn(generatorId: string, scope: CallScope): Promise<Arrived> {
    const { bytes, arrivedMs } = await http.bytes('readGenerator', { generatorId }, scope);
    const list = new Uint8Array(bytes.length + 2);
    list.set(bytes, 1);
    list[0] = 0x5b; // [
    list[list.length - 1] = 0x5d; // ]
    return { bytes: list, arrivedMs };
  },
  /** Which agents are registered with it: it may name some that are deleted. */
  registeredAgents: (generatorId: string, scope: CallScope) => http.bytes('listRegisteredAgents', { generatorId }, scope),
  read: (generatorId: string, scope: CallScope) => http.json('readGenerator', { generatorId }, WireGenerator, scope),
});
