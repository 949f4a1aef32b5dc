import { useRef } from 'react';
import type { Revision, StackDetail } from '#contract/stacks.ts';
import { useLeaveGuard } from '#web/hooks/use-leave-guard.ts';
import { momentOf } from '#web/lib/time.ts';
import { submit as say } from '#web/lib/words/en/submit.ts';
import { Moment } from '#web/ui/age.tsx';
import { DraftNote } from '#web/ui/form.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { PartialNote, StaleNote } from '#web/ui/panel-state.tsx';
import type { YamlEditorHandle } from '#web/ui/yaml-editor.tsx';
import { Changes } from './changes.tsx';
import { DocumentList } from './document-list.tsx';
import { NewerRevision } from './newer-revision.tsx';
import { ReachList } from './reach-list.tsx';
import { SendForm, SendThumb } from './send-form.tsx';
import css from './submit.module.css';
import { TextPart } from './text-part.tsx';
import { type Start, useSubmission } from './use-submission.ts';
import { Warnings } from './warnings.tsx';

interface SubmitFormProps {
  detail: StackDetail;
  /** The last read of it failed; another is tried by itself. */
  isOld: boolean;
  start: Start;
  /** Begins anew with the text of another revision. */
  onStartAgain: (revision: Revision) => void;
}
/** The text, what it changes, whom it reaches, and the one button that sends it. */
export function SubmitForm({ detail, isOld, start, onStartAgain }: SubmitFormProps) {
  const { stack } = detail;
  const state = useSubmission(detail, start);
  const editor = useRef<YamlEditorHandle>(null);
  const jump = (line: number, column?: number) => editor.current?.goTo(line, column);
  const { text, newer, reviewed, current, send } = state;
  const { from } = start;
  useLeaveGuard(text.isDirty && text.rest === 'stranded' && !send.isSuccess, say.leave);

  return (
    <Moment at={momentOf(detail)}>
      <section className={css['page']}>
        <div className={css['main']}>
          <PageHead
            title={state.rollsBackTo === undefined ? say.title(stack.name) : say.rollBackTitle(stack.name, state.rollsBackTo.sequence)}
            aside={
              <>
                <span>{reviewed === null ? say.first : say.basedOn(reviewed.sequence)}</span>
                {from !== undefined && state.rollsBackTo === undefined && (
                  <span>
                    {from.stackId === stack.id ? say.fromOf(from.revision.sequence) : say.fromOther(from.stackName, from.revision.sequence)}
                  </span>
                )}
                <DraftNote draft={{ ...text, discard: state.discard }} />
              </>
            }
          />
          {from?.revision.isDeletionMarker === true && <PartialNote>{say.fromMarker(from.revision.sequence)}</PartialNote>}
          {isOld && <StaleNote at={detail.asOf} />}
          {newer !== undefined && (
            <NewerRevision
              key={newer.id}
              newer={newer}
              reviewed={reviewed}
              wasRefused={send.isError}
              onGoOn={() => state.goOnFrom(newer)}
              onStartAgain={
                from !== undefined || newer.isDeletionMarker
                  ? undefined
                  : () => {
                      state.discard();
                      onStartAgain(newer);
                    }
              }
            />
          )}
          <TextPart ref={editor} state={state} onJump={jump} />
          <Changes state={state} current={current} />
        </div>
        <aside className={css['side']} aria-label={say.send.label}>
          <div className={css['facts']}>
            <DocumentList shape={state.shape.shape} diff={state.isCompared ? state.preview.data?.diff : undefined} onJump={jump} />
            <ReachList detail={detail} current={current} />
            <Warnings state={state} coverage={detail.coverage} onJump={jump} />
          </div>
          <SendForm state={state} detail={detail} />
        </aside>
        <SendThumb state={state} detail={detail} />
      </section>
    </Moment>
  );
}
