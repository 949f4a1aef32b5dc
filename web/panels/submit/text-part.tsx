import { lazy, type Ref, Suspense, useMemo, useRef, useState } from 'react';
import { maxYamlBytes } from '#contract/revisions.ts';
import { refusalOf } from '#web/lib/unsaid.ts';
import { submit as words } from '#web/lib/words/en/submit.ts';
import { Button } from '#web/ui/button.tsx';
import { classes } from '#web/ui/classes.ts';
import { UploadIcon } from '#web/ui/icons.tsx';
import { Loading } from '#web/ui/panel-state.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import type { YamlEditorHandle } from '#web/ui/yaml-editor.tsx';
import css from './submit.module.css';
import { takeFile } from './take-file.ts';
import { useDrop } from './use-drop.ts';
import type { SubmissionState } from './use-submission.ts';

const YamlEditor = lazy(async () => ({ default: (await import('#web/ui/yaml-editor.tsx')).YamlEditor }));
const say = words.editor;

interface TextPartProps {
  state: SubmissionState;
  onJump: (line: number, column?: number) => void;
  ref: Ref<YamlEditorHandle>;
}
/** The editor under its bar; a file chosen or dropped takes the place of the text. */
export function TextPart({ state, onJump, ref }: TextPartProps) {
  const { yaml, bytes, type, submit, send, text, shape, isChecked } = state;
  const [fileSaid, setFileSaid] = useState<{ fault: string } | { taken: string }>();
  const part = useRef<HTMLElement>(null);
  const choose = useRef<HTMLInputElement>(null);
  const findings = useMemo(() => state.findings.map((finding) => ({ ...finding, message: words.finding(finding) })), [state.findings]);
  const over = bytes - maxYamlBytes;
  const refusal = refusalOf(send.error, 'yaml');

  async function take(files: readonly File[]) {
    const taken = await takeFile(files);
    if (taken === undefined) return;
    if ('fault' in taken) return setFileSaid(taken);
    type(taken.text);
    setFileSaid({ taken: say.fileTaken(taken.name) });
  }
  const { isOver } = useDrop(part, (files) => void take(files));
  return (
    <section ref={part} className={classes(css['text'], isOver && css['dropping'])} aria-label={say.region}>
      <header className={css['bar']}>
        <h2>{say.region}</h2>
        <span className={classes(css['count'], over > 0 && css['over'])}>
          {isChecked && shape.shape !== undefined && <>{say.documents(shape.shape.documents.length)}, </>}
          {say.bytes(bytes, maxYamlBytes)}
        </span>
        <span className={css['barEnd']}>
          <Verdict state={state} onJump={onJump} />
          <input
            ref={choose}
            type="file"
            className="vh"
            tabIndex={-1}
            aria-label={say.uploadLabel}
            accept=".yaml,.yml,.json,application/yaml,text/yaml,text/plain"
            onChange={({ target }) => {
              void take(Array.from(target.files ?? []));
              target.value = ''; // the same file again is a change too
            }}
          />
          <Button size="small" variant="ghost" icon={<UploadIcon />} onClick={() => choose.current?.click()}>
            {say.upload}
          </Button>
        </span>
      </header>
      <output className={css['said']}>{isOver ? say.drop : fileSaid !== undefined && 'taken' in fileSaid ? fileSaid.taken : ''}</output>
      <div className={css['fault']} role="alert">
        {fileSaid !== undefined && 'fault' in fileSaid && <p>{fileSaid.fault}</p>}
        {over > 0 && (
          <p>
            {say.tooLarge(over)} {say.notKept}
          </p>
        )}
        {refusal !== undefined && <p>{refusal}</p>}
      </div>
      <Suspense fallback={<Loading label={say.label} rows={12} />}>
        <YamlEditor
          ref={ref}
          label={say.label}
          value={yaml}
          onChange={type}
          onBlur={text.field('yaml').onBlur}
          onSubmit={submit}
          findings={findings}
        />
      </Suspense>
    </section>
  );
}

/** What the checks found, with the way to the first of it. */
function Verdict({ state: { shape, isChecked, isEmpty, findings }, onJump }: { state: SubmissionState; onJump: TextPartProps['onJump'] }) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const first = findings.find(({ severity }) => severity === 'error') ?? findings[0];
  if (isEmpty) return null;
  if (!isChecked) return <span className="muted">{say.checking}</span>;
  if (shape.state === 'given_up') return <span className={css['warn']}>{say.notChecked}</span>;
  return (
    <>
      {first !== undefined && (
        <button type="button" className={css[errors > 0 ? 'bad' : 'warn']} onClick={() => onJump(first.line, first.column)}>
          <Mark kind={errors > 0 ? 'bad' : 'warn'} /> {say.faults(errors, findings.length - errors, first.line)}
        </button>
      )}
      <output className="muted">{say.checked}</output>
    </>
  );
}
