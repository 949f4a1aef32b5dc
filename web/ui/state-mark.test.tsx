import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { agentStates } from '#contract/agents.ts';
import { AuditOutcome } from '#contract/audit.ts';
import { agentSign, brokerSign, markKinds, outcomeSign } from '#web/lib/state-vocabulary.ts';
import { lastKnownAfterMs, serverNow } from '#web/lib/time.ts';
import { Moment } from './age.tsx';
import { Mark, StateMark, StateShape, StateWord } from './state-mark.tsx';
import { Tally } from './tally.tsx';

const signs = [...agentStates.map(agentSign), ...AuditOutcome.options.map(outcomeSign)];

test('every state of an agent and every outcome has a shape and a word', async () => {
  const screen = await render(
    <>
      {signs.map((sign, index) => (
        <p key={index}>
          <StateMark sign={sign} />
        </p>
      ))}
    </>,
  );
  const shown = [...screen.container.querySelectorAll('p')];
  expect(shown.map((line) => line.textContent)).toEqual(signs.map(({ word }) => word));
  expect(shown.every((line) => line.querySelector('svg')?.childElementCount)).toBe(true);
});

test('the nine shapes differ without colour', async () => {
  const screen = await render(
    <>
      {markKinds.map((kind) => (
        <Mark key={kind} kind={kind} />
      ))}
    </>,
  );
  const outlines = [...screen.container.querySelectorAll('svg')].map((svg) => svg.innerHTML);
  expect(new Set(outlines).size).toBe(markKinds.length);
});

test('only active is green, and nothing is called healthy that merely reports', () => {
  expect(agentStates.filter((state) => agentSign(state).kind === 'ok')).toEqual(['active']);
  expect(agentStates.map((state) => agentSign(state).word)).not.toContain('healthy');
});

const readAgo = (ms: number) => (
  <Moment at={serverNow() - ms}>
    <p>
      <StateMark sign={agentSign('active')} />
    </p>
    <p>
      <StateShape sign={agentSign('active')} /> <StateWord sign={agentSign('active')} />
    </p>
    <Tally
      label="States"
      parts={[
        { kind: 'stale', count: 1, words: '1 stale' },
        { kind: 'ok', count: 3, words: '3 active' },
      ]}
    />
    <p>
      <StateMark sign={agentSign('failing')} />
    </p>
    <p>
      <StateMark sign={outcomeSign('success')} />
    </p>
  </Moment>
);
const marks = (within: Element) => [...within.querySelectorAll('svg')].map(({ dataset }) => dataset['mark']);

test('what is well stays green only while it is read: afterwards it was, trouble stays, and what happened has happened', async () => {
  const screen = await render(readAgo(0));
  expect(marks(screen.container)).toEqual(['ok', 'ok', 'stale', 'ok', 'bad', 'ok']);
  await screen.rerender(readAgo(lastKnownAfterMs + 1000));
  expect(marks(screen.container)).toEqual(['stale', 'stale', 'stale', 'bad', 'ok']);
  expect(screen.getByText('was active', { exact: true }).elements()).toHaveLength(2);
  await expect.element(screen.getByText('1 stale, was 3 active')).toBeInTheDocument();
  await expect.element(screen.getByText('failing')).toBeVisible();
  await expect.element(screen.getByText('done')).toBeVisible();
});

test('it turns by itself, without anything being read or drawn anew', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const screen = await render(readAgo(0));
  vi.advanceTimersByTime(lastKnownAfterMs);
  expect(marks(screen.container)[0]).toBe('ok');
  vi.advanceTimersByTime(1000);
  await expect.poll(() => marks(screen.container)[0]).toBe('stale');
  vi.useRealTimers();
});

test('a status nobody mapped is shown as itself with the open ring, and told once', async () => {
  const onUnmapped = vi.fn<(value: string) => void>();
  const screen = await render(
    <>
      <StateMark sign={brokerSign('QUARANTINED')} value="QUARANTINED" onUnmapped={onUnmapped} />
      <StateMark sign={brokerSign('QUARANTINED')} value="QUARANTINED" onUnmapped={onUnmapped} />
    </>,
  );
  await expect.element(screen.getByText('QUARANTINED').first()).toBeVisible();
  expect(screen.container.querySelector('svg')?.dataset['mark']).toBe('unknown');
  expect(onUnmapped).toHaveBeenCalledExactlyOnceWith('QUARANTINED');
});
