import { describe, expect, test } from 'vitest';
import { anAgent, anEvent, aStack } from './builders.ts';
import type { SimulatorOptions } from './simulator.ts';
import { adminPak, stage } from './testing/stage.ts';

describe('the fleet feed', () => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'x',
    authorization: adminPak,
  };
  function listening(options: Partial<SimulatorOptions> = {}) {
    const { clock, simulator, get } = stage(options);
    const answer = simulator.openFeed('/api/v1/fleet/live', headers);
    if ('refusal' in answer) throw new Error('refused');
    const { feed } = answer;
    const heard: { agent_id: string; pending_object_count: number }[] = [];
    const ended = (async () => {
      for await (const frame of feed.frames) heard.push((JSON.parse(frame) as { body: (typeof heard)[number] }).body);
    })();
    const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
    return { clock, simulator, get, feed, heard, ended, settle };
  }
  test('the first sweep, right at the start, only looks; later ones tell of new agents and changed counts, once', async () => {
    const { clock, simulator, heard, settle } = listening();
    simulator.seed({ stacks: [aStack({ name: 'ledger' })], agents: [anAgent({ name: 'old' })] });
    clock.advance(0);
    clock.advance(20_000);
    await settle();
    expect(heard).toEqual([]);
    const { agents } = simulator.seed({ agents: [anAgent({ name: 'new', targets: ['ledger'] })] });
    clock.advance(20_000);
    await settle();
    expect(heard).toMatchObject([{ agent_id: agents[0]?.id, pending_object_count: 1 }]);
    simulator.seed({ events: [anEvent({ agent: 'new', stack: 'ledger' })] });
    clock.advance(60_000);
    await settle();
    expect(heard.slice(1)).toMatchObject([{ pending_object_count: 0 }]);
  });
  test('a slow reader loses the oldest frames beyond 1,024', async () => {
    const { simulator, feed } = stageWithReader();
    for (let index = 0; index < 1_030; index += 1) simulator.agents.heartbeat('a', { k8s_reachable: true, k8s_api_latency_ms: index });
    feed.close();
    const latencies: number[] = [];
    for await (const frame of feed.frames)
      latencies.push((JSON.parse(frame) as { body: { k8s_api_latency_ms: number } }).body.k8s_api_latency_ms);
    expect(latencies).toHaveLength(1_024);
    expect(latencies[0]).toBe(6);
  });
  function stageWithReader() {
    const { simulator } = stage();
    simulator.seed({ agents: [anAgent({ name: 'a' })] });
    const answer = simulator.openFeed('/api/v1/fleet/live', headers);
    if ('refusal' in answer) throw new Error('refused');
    return { simulator, feed: answer.feed };
  }
  test('a broker that stops ends it', async () => {
    const { simulator, ended } = listening();
    simulator.stop();
    await ended;
  });
});
