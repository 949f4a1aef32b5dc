import { useState } from 'react';
import { tagFault } from '#web/lib/field-limits.ts';
import type { HangsOn } from '#web/lib/tag-removal.ts';
import type { Reading, TagSet as Set, TagWrites } from '#web/lib/tag-set.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { DraftNote, Form, type NotedDraft } from './form.tsx';
import { SetDifference } from './set-difference.tsx';
import { TagSet } from './tag-set.tsx';
import css from './tag-set.module.css';
import { type FieldValue, TextField } from './text-field.tsx';

export interface LabelDraft extends NotedDraft {
  values: { label: string };
  field: (name: 'label') => FieldValue;
}
interface LabelChange {
  label: string;
  etag: string;
}
interface LabelSetProps {
  /** Of what they are the labels. */
  name: string;
  /** What a label does there. */
  effect: string;
  emptyText: string;
  reading: Reading<Set<string>>;
  /** What hangs on one of them. */
  hangsOn: (label: string) => HangsOn;
  writes: TagWrites<LabelChange, Set<string>>;
  draft: LabelDraft;
}
const say = words.agents.labels;

/** The labels of an agent or a stack. */
export function LabelSet({ name, effect, emptyText, reading, hangsOn, writes, draft }: LabelSetProps) {
  return (
    <TagSet
      words={say}
      emptyText={emptyText}
      name={name}
      reading={reading}
      hangsOn={hangsOn}
      writes={writes}
      idOf={(label) => label}
      textOf={(label) => label}
      changeOf={(label, etag) => ({ label, etag })}
    >
      {reading.data && <AddLabel name={name} effect={effect} writes={writes} draft={draft} set={reading.data} />}
    </TagSet>
  );
}

function AddLabel({
  name,
  effect,
  writes: { add, now, whyNotAdd: why },
  draft,
  set,
}: Pick<LabelSetProps, 'name' | 'effect' | 'writes' | 'draft'> & { set: Set<string> }) {
  const [tried, setTried] = useState(false);
  /** The set that was sent upon: after a refusal it is shown as it is now. */
  const [seen, setSeen] = useState<readonly string[]>([]);
  const { label } = draft.values;
  const fault = tagFault(label);
  // An over-long label is told while one types; an empty field only once one tried to send it.
  const faultWords = fault && (fault.kind !== 'empty' || tried) ? words.fieldFaults.of(fault, say.noun) : undefined;
  const taken = set.items.includes(label) ? say.taken(label, name) : undefined;
  const refused = add.variables?.label === label ? refusalOf(add.error, 'label') : undefined;
  const submit = () => {
    setTried(true);
    if (fault !== undefined || taken !== undefined) return;
    setSeen(set.items);
    add.mutate({ label, etag: set.etag }, { onSuccess: () => setTried(false) });
  };
  return (
    <div className={css['form']}>
      <Form
        label={say.add}
        action={submit}
        pending={add.isPending}
        submit={say.add}
        why={why}
        failure={now === undefined ? unsaid(add.error, say.notAdded(add.variables?.label ?? label), ['label']) : undefined}
        note={<DraftNote draft={draft} />}
      >
        {now !== undefined && (
          <ChangedMeanwhile title={say.changedMeanwhile(name)} text={words.agents.changedMeanwhile.sendAgain}>
            <SetDifference label={say.title} before={seen} now={now.items} yours={add.variables?.label ?? label} />
          </ChangedMeanwhile>
        )}
        <TextField
          label={say.field}
          hint={`${say.hint} ${effect}`}
          mono
          {...draft.field('label')}
          readOnly={why !== undefined}
          error={faultWords ?? taken ?? refused}
        />
      </Form>
    </div>
  );
}
