import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type Ref, useEffect, useEffectEvent, useId, useImperativeHandle, useRef } from 'react';
import { submit as words } from '#web/lib/words/en/submit.ts';
import { editorExtensions, type EditorFinding, showFindings } from './yaml-editor-setup.ts';
import css from './yaml-editor.module.css';

export interface YamlEditorHandle {
  /** Puts the cursor there, in the middle of what one sees. */
  goTo: (line: number, column?: number) => void;
}
interface YamlEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  /** Ctrl or Cmd and Enter. */
  onSubmit: () => void;
  findings: readonly EditorFinding[];
  ref?: Ref<YamlEditorHandle>;
}
/** A text of many lines with findings at their lines; only what is in sight is in the page. */
export function YamlEditor({ label, value, onChange, onBlur, onSubmit, findings, ref }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  // What the editor shows, as it was given or told: line ends of another kind are told apart only by it.
  const shown = useRef<string>(undefined);
  const isGiven = useRef(false);
  const keys = useId();

  const first = useEffectEvent(() => value);
  const type = useEffectEvent((state: EditorState) => {
    if (isGiven.current) return;
    shown.current = state.doc.toString();
    onChange(shown.current);
  });
  const leave = useEffectEvent(() => onBlur());
  const send = useEffectEvent(() => onSubmit());
  useEffect(() => {
    if (place.current === null) return;
    const wiring = { label, describedBy: keys, onType: type, onBlur: leave, onSubmit: send };
    shown.current = first();
    const view = new EditorView({
      state: EditorState.create({ doc: shown.current, extensions: editorExtensions(wiring) }),
      parent: place.current,
    });
    editor.current = view;
    return () => {
      view.destroy();
      editor.current = null;
    };
  }, [label, keys]);

  useEffect(() => {
    const view = editor.current;
    if (view === null || value === shown.current) return;
    shown.current = value;
    isGiven.current = true;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    isGiven.current = false;
  }, [value]);

  useEffect(() => {
    editor.current?.dispatch({ effects: showFindings.of(findings) });
  }, [findings]);

  useImperativeHandle(ref, () => ({
    goTo(line, column = 1) {
      const view = editor.current;
      if (view === null) return;
      const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      const anchor = Math.min(from + column - 1, to);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
  }));
  return (
    <>
      <div ref={place} className={css['editor']} />
      <p id={keys} className={css['keys']}>
        {words.editor.keys}
      </p>
    </>
  );
}
