import type { AgentDetail, AgentRow } from '#contract/agents.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import { DotsIcon, EditIcon, KeyIcon, PauseIcon, PlayIcon, TrashIcon } from '#web/ui/icons.tsx';
import { Id } from '#web/ui/id.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import { useIsNarrow } from '#web/ui/use-width.ts';
import css from './agent.module.css';
import type { AgentActions } from './use-agent-actions.ts';

/** The identity line: which agent, in what state, how old this is, and what can be done to it. */
export function AgentHead({ detail: { agent, asOf }, actions }: { detail: AgentDetail; actions: AgentActions }) {
  const isNarrow = useIsNarrow();
  return (
    <PageHead
      title={agent.name}
      mono
      aside={
        <>
          <span className={css['meaning']} title={words.agents.stateMeaning[agent.state]}>
            <StateMark sign={agentSign(agent.state)} value={agent.state} pill />
          </span>
          <Id id={agent.id} what={words.agents.id} />
          <span>
            {words.agents.read} <Age at={asOf} ago />
          </span>
        </>
      }
      actions={isNarrow ? undefined : <AgentDeeds agent={agent} actions={actions} />}
    />
  );
}

/** In the head, or under the thumb. */
export function AgentDeeds({ agent, actions }: { agent: AgentRow; actions: AgentActions }) {
  const { why, open } = actions;
  return (
    <>
      {agent.status === 'ACTIVE' ? (
        <Button size="small" icon={<PauseIcon />} why={why.deactivate} aria-haspopup="dialog" onClick={() => open('deactivate')}>
          {words.agents.deactivate.open}
        </Button>
      ) : (
        <Button
          size="small"
          variant="primary"
          icon={<PlayIcon />}
          why={why.activate}
          pending={actions.isActivating}
          onClick={actions.activate}
        >
          {words.agents.activate}
        </Button>
      )}
      <Menu
        target={
          <IconButton label={words.agents.actions(agent.name)}>
            <DotsIcon />
          </IconButton>
        }
        entries={[
          { label: words.agents.rename.open, icon: <EditIcon />, why: why.rename, onSelect: () => open('rename') },
          { label: words.agents.rotate.open, icon: <KeyIcon />, why: why.rotate, onSelect: () => open('rotate') },
          { kind: 'line' },
          { label: words.agents.remove.open, icon: <TrashIcon />, why: why.delete, danger: true, onSelect: () => open('delete') },
        ]}
      />
    </>
  );
}
