import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { type EditorState, type Extension, Prec, RangeSet, RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  gutter,
  GutterMarker,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import css from './yaml-editor.module.css';

/** Something about one place of the text; line and column count from 1. */
export interface EditorFinding {
  line: number;
  column: number;
  severity: 'error' | 'warning';
  message: string;
}

/** Weight and shade, never colour: that is for findings. */
const monochrome = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), class: css['key'] ?? '' },
  { tag: tags.comment, class: css['comment'] ?? '' },
  { tag: [tags.meta, tags.typeName, tags.labelName], class: css['meta'] ?? '' },
]);

class Sign extends GutterMarker {
  readonly severity: EditorFinding['severity'];
  constructor(severity: EditorFinding['severity']) {
    super();
    this.severity = severity;
  }
  override eq(other: Sign) {
    return other.severity === this.severity;
  }
  override toDOM() {
    const sign = document.createElement('span');
    sign.className = css[this.severity] ?? '';
    sign.textContent = this.severity === 'error' ? '■' : '▲';
    return sign;
  }
}
const signs = { error: new Sign('error'), warning: new Sign('warning') };

/** What is said about a line, at its end. */
class Said extends WidgetType {
  readonly message: string;
  readonly severity: EditorFinding['severity'];
  constructor({ message, severity }: EditorFinding) {
    super();
    this.message = message;
    this.severity = severity;
  }
  override eq(other: Said) {
    return other.message === this.message && other.severity === this.severity;
  }
  override toDOM() {
    const said = document.createElement('span');
    said.className = `${css['said']} ${css[this.severity]}`;
    said.textContent = this.message;
    return said;
  }
}
const marks = { error: Decoration.mark({ class: css['wavyError'] ?? '' }), warning: Decoration.mark({ class: css['wavyWarning'] ?? '' }) };

interface Shown {
  inText: DecorationSet;
  inGutter: RangeSet<GutterMarker>;
  hasErrors: boolean;
}
const nothing: Shown = { inText: Decoration.none, inGutter: RangeSet.empty, hasErrors: false };

export const showFindings = StateEffect.define<readonly EditorFinding[]>();
/** Findings stay with their lines while one types on, until the next ones come. */
const findingsField = StateField.define<Shown>({
  create: () => nothing,
  update(shown, { changes, docChanged, effects, state }) {
    for (const effect of effects) if (effect.is(showFindings)) return draw(state.doc, effect.value);
    return docChanged ? { ...shown, inText: shown.inText.map(changes), inGutter: shown.inGutter.map(changes) } : shown;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ inText }) => inText),
    gutter({ class: css['signs'] ?? '', markers: ({ state }) => state.field(field).inGutter }),
  ],
});
function draw(doc: Text, findings: readonly EditorFinding[]): Shown {
  const inText = [];
  const inGutter = new RangeSetBuilder<GutterMarker>();
  let lastLine = 0;
  for (const finding of findings) {
    // They were found in an older text when one types fast.
    if (finding.line > doc.lines) continue;
    const { number, from, to } = doc.line(finding.line);
    const start = Math.min(from + finding.column - 1, to);
    if (start < to) inText.push(marks[finding.severity].range(start, to));
    if (number === lastLine) continue;
    lastLine = number;
    inText.push(Decoration.widget({ widget: new Said(finding), side: 1 }).range(to));
    inGutter.add(from, from, signs[finding.severity]);
  }
  return {
    inText: Decoration.set(inText, true),
    inGutter: inGutter.finish(),
    hasErrors: findings.some(({ severity }) => severity === 'error'),
  };
}

/** A hairline above each document. */
const documentLine = Decoration.line({ class: css['document'] ?? '' });
function documentLines(view: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (line.number > 1 && /^---(?:\s|$)/.test(line.text)) lines.add(line.from, line.from, documentLine);
      at = line.to + 1;
    }
  }
  return lines.finish();
}
const documents = ViewPlugin.fromClass(
  class {
    lines: DecorationSet;
    constructor(view: EditorView) {
      this.lines = documentLines(view);
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.lines = documentLines(view);
    }
  },
  { decorations: ({ lines }) => lines },
);

/** What an input is to replace: a selection just made in the page may not have reached the editor yet. */
function replacedBy(event: InputEvent, view: EditorView): { from: number; to: number } {
  const { main } = view.state.selection;
  const [range] = event.getTargetRanges();
  if (!main.empty || range === undefined) return main;
  return { from: view.posAtDOM(range.startContainer, range.startOffset), to: view.posAtDOM(range.endContainer, range.endOffset) };
}

export interface EditorWiring {
  label: string;
  describedBy: string;
  onType: (state: EditorState) => void;
  onBlur: () => void;
  onSubmit: () => void;
}

export function editorExtensions({ label, describedBy, onType, onBlur, onSubmit }: EditorWiring): Extension[] {
  // The editor writes its own style tags; the page's policy wants its nonce on them.
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  return [
    nonce ? EditorView.cspNonce.of(nonce) : [],
    // Before the default keys: theirs for Ctrl Enter inserts a line.
    Prec.highest(keymap.of([{ key: 'Mod-Enter', preventDefault: true, run: () => (onSubmit(), true) }])),
    keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    history(),
    lineNumbers(),
    findingsField,
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    indentUnit.of('  '),
    indentOnInput(),
    yaml(),
    syntaxHighlighting(monochrome),
    documents,
    EditorView.contentAttributes.of(({ state }) => ({
      'aria-label': label,
      'aria-describedby': describedBy,
      tabindex: '0', // it is reached by Tab all the same; said, so that checks of access know
      ...(state.field(findingsField).hasErrors ? { 'aria-invalid': 'true' } : {}),
    })),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onType(state);
    }),
    EditorView.domEventHandlers({
      blur: () => onBlur(),
      // Chromium writes the look of what is replaced into style attributes of the new lines, which the page's policy refuses.
      beforeinput(event, view) {
        const { inputType, data, isComposing } = event;
        const { from, to } = replacedBy(event, view);
        if (inputType !== 'insertText' || data === null || isComposing || (from === to && !data.includes('\n'))) return false;
        event.preventDefault();
        view.dispatch({
          changes: { from, to, insert: data },
          selection: { anchor: from + view.state.toText(data).length },
          userEvent: 'input.type',
          scrollIntoView: true,
        });
        return true;
      },
      // Files are for whatever the editor stands in; its own way is to insert them where they fall.
      drop: ({ dataTransfer }) => (dataTransfer?.files.length ?? 0) > 0,
    }),
  ];
}
