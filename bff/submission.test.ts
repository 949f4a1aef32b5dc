import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageHeaders } from '#bff/http/testing/start-console.ts';
import { maxYamlBytes } from '#contract/revisions.ts';
import type { Revision, StackDetail } from '#contract/stacks.ts';
import { aConfigMap, aStack } from '#simulator/builders.ts';
import { listen, type Port } from '#simulator/port/listen.ts';
import { systemClock } from '#simulator/port/system-clock.ts';
import { createSimulator, type Simulator } from '#simulator/simulator.ts';
import { adminPak, runConsole, type WholeConsole } from './testing/run-console.ts';

const stackId = '00000001-35b1-4e6a-b2d9-60e1b7d4f303';
const submissions = 'POST /api/v1/stacks/{id}/deployment-objects';
let simulator: Simulator;
let port: Port;
let served: WholeConsole;
let session: Record<string, string>;
beforeAll(async () => {
  simulator = createSimulator({ seed: 1, clock: systemClock, scenario: 'empty', adminPak });
  simulator.seed({ stacks: [aStack({ id: stackId, name: 'ledger', revisions: [] })] });
  port = await listen(simulator, { port: 0 });
  served = await runConsole(port.url);
  session = await served.signIn();
});
afterAll(async () => {
  await served.close();
  await port.stop();
  simulator.stop();
});
const detail = async () => (await served.ask(`/api/stacks/${stackId}`, { headers: session })).json() as StackDetail;
const submit = (yaml: string, etag: string, key = crypto.randomUUID()) =>
  served.ask(`/api/stacks/${stackId}/revisions`, {
    method: 'POST',
    body: JSON.stringify({ yaml }),
    headers: { ...pageHeaders, ...session, 'if-match': etag, 'idempotency-key': key },
  });
/** A manifest with a large file in it, as people have them: many lines, quotes and letters of more than one byte. */
function manifestOf(bytes: number): string {
  const sizeOf = (text: string) => new TextEncoder().encode(text).length;
  const head = `${aConfigMap('dashboard')}  dashboard.json: |\n`;
  const line = '    { "title": "Größe", "unit": "€", "expr": "sum(rate(x[5m]))" },\n';
  const text = head + line.repeat(Math.floor((bytes - sizeOf(head) - 200) / sizeOf(line)));
  return `${text}    ${'x'.repeat(bytes - sizeOf(text) - 5)}\n`;
}

test('a manifest of 2,097,152 bytes goes through the whole console unchanged, one more byte does not leave it', async () => {
  const yaml = manifestOf(maxYamlBytes);
  const answer = await submit(yaml, '"none"');
  expect(answer.status, answer.text).toBe(200);
  const revision = answer.json() as Revision;
  expect(revision).toMatchObject({ bytes: maxYamlBytes, isDeletionMarker: false });
  const read = await served.ask(`/api/revisions/${revision.id}`, { headers: session });
  expect((read.json() as { yaml: string }).yaml === yaml).toBe(true);
  const sent = simulator.count.of(submissions);
  const refused = await submit(`${yaml}#`, `"${revision.id}"`);
  expect([refused.status, refused.problem().errors?.[0]?.path]).toEqual([400, 'yaml']);
  expect((await submit('x'.repeat(4 * 1024 * 1024), `"${revision.id}"`)).status).toBe(413);
  expect(simulator.count.of(submissions)).toBe(sent);
});
test('a double click over two connections makes one revision', async () => {
  const { current } = await detail();
  const key = crypto.randomUUID();
  const sent = simulator.count.of(submissions);
  const answers = await Promise.all([1, 2].map(() => submit(aConfigMap('twice'), `"${current?.id ?? 'none'}"`, key)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[0]?.json()).toEqual(answers[1]?.json());
  expect(simulator.count.of(submissions)).toBe(sent + 1);
});
test('what was submitted a moment ago is told to be so old by the broker’s own clock', async () => {
  const { current } = await detail();
  const { id } = (await submit(aConfigMap('new'), `"${current?.id ?? 'none'}"`)).json() as Revision;
  const now = await detail();
  expect(now.current?.id).toBe(id);
  expect(now.current?.ageMs).toBeLessThan(5_000);
});
test('no text of a manifest reaches the log', () => {
  expect(JSON.stringify(served.log)).not.toContain('ConfigMap');
});
