import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metricSamples } from './prometheus.ts';

const samples = (text: string, ...names: string[]) => [...metricSamples(text, new Set(names))];

test('a sample has a name, labels and a value; comments, other metrics and time stamps are left out', () => {
  const text = '# HELP a b\n# TYPE a counter\na{x="1",y="2"} 3\nab 4\na 5.5 1700000000000\n\nb 6';
  expect(samples(text, 'a', 'b')).toEqual([
    { name: 'a', labels: { x: '1', y: '2' }, value: 3 },
    { name: 'a', labels: {}, value: 5.5 },
    { name: 'b', labels: {}, value: 6 },
  ]);
});
test('labels may hold quotes, braces, backslashes and line breaks', () => {
  expect(samples(String.raw`a{n="he said \"}\" \\ and\nleft",m="{"} 1`, 'a')).toEqual([
    { name: 'a', labels: { n: 'he said "}" \\ and\nleft', m: '{' }, value: 1 },
  ]);
});
test.each(['a', 'a ', 'a{', 'a{x="1"', 'a{x="1"} ', 'a{x="1"} none', 'a NaN'])('%j is no sample', (line) => {
  expect(samples(`${line}\nb 1`, 'a', 'b').map(({ name }) => name)).toEqual(['b']);
});
test('the bound of the last bucket is beyond all others', () => {
  expect(samples('a +Inf\na{le="+Inf"} 3', 'a')).toMatchObject([{ value: Number.POSITIVE_INFINITY }, { labels: { le: '+Inf' }, value: 3 }]);
});
test('what a real broker answers is read', () => {
  const file = new URL('../../simulator/contract-suite/recordings/system.json', import.meta.url);
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as { name: string; response: { body: string } }[];
  const text = recorded.find(({ name }) => name.startsWith('metrics'))?.response.body ?? '';
  expect(samples(text, 'brokkr_ws_connected_agents')).toHaveLength(1);
  expect(samples(text, 'brokkr_http_requests_total').every(({ labels }) => /^\d{3}$/.test(labels['status'] ?? ''))).toBe(true);
  expect(samples(text, 'brokkr_http_request_duration_seconds_bucket').length).toBeGreaterThan(10);
});
test('a fleet of agents that nobody wants costs little', () => {
  const line = 'brokkr_agent_heartbeat_age_seconds{agent_id="0e1cbd6f-c4f7-49fa-9ab5-1a9fd0a72132",agent_name="batch-runner"} 59\n';
  expect(samples(`${line.repeat(50_000)}a 1`, 'a')).toHaveLength(1);
});
test('a long word where labels should be costs no more than its length', () => {
  expect(samples(`a{${'x'.repeat(50_000)}} 1`, 'a')).toEqual([{ name: 'a', labels: {}, value: 1 }]);
});
