import { useQuery } from '@tanstack/react-query';
import type { StackRow } from '#contract/stacks.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { exactTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { revisionDetail } from '#web/queries/revisions.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { FactLines } from '#web/ui/facts.tsx';
import { BackIcon, CompareIcon } from '#web/ui/icons.tsx';
import { Id } from '#web/ui/id.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { PeekDrawer } from '#web/ui/peek-drawer.tsx';
import { ResourceList } from './resource-list.tsx';
import css from './stack.module.css';
import type { StackActions } from './use-stack-actions.ts';

const say = words.stack.revision;
/** More is for the page that compares; a text of 2 MiB would hold up this one. */
const shownLines = 2000;

interface RevisionDrawerProps {
  revisionId: string;
  stack: StackRow;
  actions: StackActions;
  onClose: () => void;
  onWalk: (step: 1 | -1) => void;
}
/** One revision with its text, which is read only now. */
export function RevisionDrawer({ revisionId, stack, actions, onClose, onWalk }: RevisionDrawerProps) {
  const { data, error, isFetching, refetch } = useQuery(revisionDetail(revisionId));
  const { current, why } = actions;
  if (data === undefined) {
    return (
      <PeekDrawer title={words.stack.revisions.title} onClose={onClose} onWalk={onWalk}>
        {error === null ? (
          <Loading label={say.yaml} />
        ) : (
          <PanelState kind="error" failure={explain(error, say.notRead)} onRetry={() => void refetch()} retrying={isFetching} />
        )}
      </PeekDrawer>
    );
  }
  const { revision, yaml, resources } = data;
  const isOther = data.stackId !== stack.id;
  const isEarlier = !isOther && current !== null && revision.id !== current.id;
  return (
    <PeekDrawer
      title={say.title(revision.sequence)}
      aside={<span className="caption">{exactTime(revision.submittedAt)}</span>}
      onClose={onClose}
      onWalk={onWalk}
    >
      {isOther && <p className={css['warn']}>{say.otherStack(data.stackName)}</p>}
      {isEarlier && (
        <div className={css['drawerActions']}>
          <LinkButton size="small" icon={<CompareIcon />} href={paths.compare(revision.id, current.id)}>
            {words.stack.compareWith}
          </LinkButton>
          {!revision.isDeletionMarker && why.submit === undefined && (
            <LinkButton size="small" icon={<BackIcon />} href={paths.submit(stack.id, revision.id)}>
              {words.stack.rollBackTo(revision.sequence)}
            </LinkButton>
          )}
        </div>
      )}
      <FactLines
        facts={[
          { term: say.idTerm, fact: <Id id={revision.id} what={say.id} /> },
          { term: say.size, fact: words.stack.revisions.bytes(revision.bytes) },
          { term: say.checksum, fact: <Id id={revision.checksum} what={say.checksum} /> },
        ]}
      />
      {revision.isDeletionMarker ? (
        <p className="secondary">{say.markerText}</p>
      ) : (
        <>
          <h3 className={css['drawerHead']}>
            {say.resources} <span className="muted">{resources.length}</span>
          </h3>
          <ResourceList resources={resources} />
          <div className={css['textHead']}>
            <h3 className={css['drawerHead']}>{say.yaml}</h3>
            <CopyButton text={yaml} label={say.copyYaml} what={say.yamlNoun} />
          </div>
          <Text yaml={yaml} />
        </>
      )}
    </PeekDrawer>
  );
}

function Text({ yaml }: { yaml: string }) {
  const lines = yaml.split('\n');
  return (
    <>
      <pre className={css['fullText']}>{lines.length > shownLines ? lines.slice(0, shownLines).join('\n') : yaml}</pre>
      {lines.length > shownLines && <p className="caption">{say.lines(shownLines, lines.length)}</p>}
    </>
  );
}
