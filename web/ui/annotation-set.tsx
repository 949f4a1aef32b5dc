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

interface Annotation {
  key: string;
  value: string;
}
export interface AnnotationDraft extends NotedDraft {
  values: Annotation;
  field: (name: keyof Annotation) => FieldValue;
}
interface AnnotationChange {
  annotation: Annotation;
  etag: string;
}
interface AnnotationSetProps {
  /** Of what they are the annotations. */
  name: string;
  /** What an annotation does there. */
  effect: string;
  emptyText: string;
  reading: Reading<Set<Annotation>>;
  /** What hangs on one of them. */
  hangsOn: (annotation: Annotation) => HangsOn;
  writes: TagWrites<AnnotationChange, Set<Annotation>>;
  draft: AnnotationDraft;
}
const say = words.agents.annotations;
const spelled = ({ key, value }: Annotation) => `${key} = ${value}`;

/** The annotations of an agent or a stack. */
export function AnnotationSet({ name, effect, emptyText, reading, hangsOn, writes, draft }: AnnotationSetProps) {
  return (
    <TagSet
      words={say}
      emptyText={emptyText}
      name={name}
      reading={reading}
      hangsOn={hangsOn}
      writes={writes}
      idOf={({ key }) => key}
      textOf={spelled}
      changeOf={(annotation, etag) => ({ annotation, etag })}
    >
      {reading.data && <AddAnnotation name={name} effect={effect} writes={writes} draft={draft} set={reading.data} />}
    </TagSet>
  );
}

function AddAnnotation({
  name,
  effect,
  writes: { add, now, whyNotAdd: why },
  draft,
  set,
}: Pick<AnnotationSetProps, 'name' | 'effect' | 'writes' | 'draft'> & { set: Set<Annotation> }) {
  const [tried, setTried] = useState(false);
  /** The set that was sent upon: after a refusal it is shown as it is now. */
  const [seen, setSeen] = useState<readonly string[]>([]);
  const { key, value } = draft.values;
  const faults = { key: tagFault(key), value: tagFault(value) };
  const taken = set.items.some((item) => item.key === key) ? say.taken(key, name) : undefined;
  const sent = add.variables?.annotation;
  const isAsSent = sent?.key === key && sent.value === value;
  const beside = (field: 'key' | 'value') => {
    const fault = faults[field];
    if (fault && (fault.kind !== 'empty' || tried)) return words.fieldFaults.of(fault, say.nouns[field]);
    return isAsSent ? refusalOf(add.error, field) : undefined;
  };
  const submit = () => {
    setTried(true);
    if (faults.key !== undefined || faults.value !== undefined || taken !== undefined) return;
    setSeen(set.items.map(spelled));
    add.mutate({ annotation: { key, value }, etag: set.etag }, { onSuccess: () => setTried(false) });
  };
  return (
    <div className={css['form']}>
      <Form
        label={say.add}
        action={submit}
        pending={add.isPending}
        submit={say.add}
        why={why}
        failure={now === undefined ? unsaid(add.error, say.notAdded(sent?.key ?? key), ['key', 'value']) : undefined}
        note={<DraftNote draft={draft} />}
      >
        {now !== undefined && (
          <ChangedMeanwhile title={say.changedMeanwhile(name)} text={words.agents.changedMeanwhile.sendAgain}>
            <SetDifference label={say.title} before={seen} now={now.items.map(spelled)} yours={spelled(sent ?? { key, value })} />
          </ChangedMeanwhile>
        )}
        <div className={css['pair']}>
          <TextField
            label={say.key}
            hint={say.hint}
            mono
            {...draft.field('key')}
            readOnly={why !== undefined}
            error={beside('key') ?? taken}
          />
          <TextField label={say.value} hint={effect} mono {...draft.field('value')} readOnly={why !== undefined} error={beside('value')} />
        </div>
      </Form>
    </div>
  );
}
