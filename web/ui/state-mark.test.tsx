import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { agentStates } from '#contract/agents.ts';
import { AuditOutcome } from '#contract/audit.ts';
import { agentSign, brokerSign, markKinds, outcomeSign } from '#web/lib/state-vocabulary.ts';
import { Mark, StateMark } from './state-mark.tsx';

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
