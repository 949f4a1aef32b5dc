import type { ShapeFinding } from '#contract/kubernetes-shape.ts';
import type { ReachState } from '#contract/stacks.ts';
import { type Coverage, isReachCounted } from '#web/lib/coverage.ts';
import { counted, exactNumber } from '#web/lib/numbers.ts';
import { atLeast } from './at-least.ts';
import { listed } from './listed.ts';

const bytes = (count: number) => `${exactNumber(count)} ${count === 1 ? 'byte' : 'bytes'}`;
const agents = (reached: number | null, coverage: Coverage) =>
  isReachCounted(reached, coverage) ? atLeast(counted(reached, 'agent'), coverage) : 'the agents it reaches';
const isNobody = (reached: number | null, coverage: Coverage) => reached === 0 && isReachCounted(reached, coverage);

/** Words of the page that sends a revision. Nothing here says that applied is running. */
export const submit = {
  crumb: 'Submit a revision',
  title: (stack: string) => `Submit to ${stack}`,
  rollBackTitle: (stack: string, sequence: number) => `Roll back ${stack} to ${sequence}`,
  notRead: 'What is to be changed was not read',
  mayNot: 'You may read this stack, not submit to it',
  toStack: 'To the stack',
  basedOn: (sequence: number) => `based on ${sequence}`,
  first: 'its first revision',
  fromOf: (sequence: number) => `begun with the text of ${sequence}`,
  fromOther: (stack: string | null, sequence: number) => `begun with the text of ${sequence} of ${stack ?? 'another stack'}`,
  fromMarker: (sequence: number) => `${sequence} is a deletion marker: it has no text to bring back.`,
  leave: {
    title: 'Leave without what you typed?',
    body: 'It is not kept on the server: it is in this page only, and gone when you leave.',
    go: 'Leave',
    stay: 'Stay here',
  },

  editor: {
    region: 'Text',
    label: 'YAML of the new revision',
    keys: 'Tab indents. Esc, then Tab leaves the editor. Ctrl Enter submits.',
    upload: 'Upload',
    uploadLabel: 'Upload a YAML file',
    drop: 'Drop one file here: it takes the place of the text',
    severalFiles: (count: number) => `${count} files at once: drop one, with all documents in it.`,
    notText: (name: string) => `${name} is not UTF-8 text; nothing was taken from it.`,
    fileTooLarge: (name: string, size: number, limit: number) =>
      `${name} has ${bytes(size)}, ${bytes(size - limit)} more than the broker takes. Nothing was taken from it.`,
    fileNotRead: (name: string) => `${name} could not be read.`,
    fileTaken: (name: string) => `The text is now that of ${name}; undo brings back what was there.`,
    documents: (count: number) => counted(count, 'document'),
    bytes: (used: number, limit: number) => `${exactNumber(used)} of ${bytes(limit)}`,
    tooLarge: (over: number) => `${bytes(over)} too many: the broker takes no more than 2 MiB.`,
    notKept: 'A text of this size is not kept as a draft.',
    checking: 'Shape is being checked',
    checked: 'Kubernetes shape checked',
    notChecked: 'Shape not checked: the text is too much for this browser',
    faults: (errors: number, warnings: number, line: number) =>
      `${listed([...(errors > 0 ? [counted(errors, 'error')] : []), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])])}, line ${exactNumber(line)}`,
  },
  finding: ({ code, detail }: Pick<ShapeFinding, 'code' | 'detail'>): string => {
    switch (code) {
      case 'empty':
        return 'There is no document in it.';
      case 'syntax':
        return `YAML: ${detail ?? 'syntax'}`;
      case 'tab':
        return 'YAML indents with spaces, never with tabs.';
      case 'duplicate_key':
        return `The key ${detail ?? ''} is here twice.`;
      case 'not_an_object':
        return 'A document has to be an object with apiVersion, kind and metadata.';
      case 'api_version_missing':
        return 'apiVersion is missing.';
      case 'kind_missing':
        return 'kind is missing.';
      case 'name_missing':
        return 'metadata.name is missing.';
      case 'not_text':
        return `${detail ?? 'This'} has to be text: put it in quotes.`;
      case 'name_form':
        return `${detail ?? 'This'}: API servers take names of lower case letters, digits, - and . only, not at either end.`;
      case 'list_kind':
        return `${detail ?? 'A list'}: agents take single objects; put each into a document of its own.`;
      case 'duplicate_resource':
        return `${detail ?? 'The object'} is in this text twice.`;
    }
  },

  changes: {
    title: 'Changes',
    from: (sequence: number) => `Changes from ${sequence}`,
    fromNothing: 'Changes from nothing',
    comparing: 'being compared',
    matches: 'matches the text',
    notCompared: 'Not compared',
    nothingYet: 'Nothing to compare yet: write or paste YAML, or upload or drop a file.',
    held: 'Compared again once the text can be sent.',
    counts: (added: number, changed: number, removed: number, same: number) =>
      `${added} added, ${changed} changed, ${removed} removed, ${same} same`,
    none: (sequence: number) => `Nothing differs from ${sequence}`,
    noneText: 'Sent all the same, it is a new revision of the same text: agents are asked again, those that refused it too.',
    truncated: 'Only the first 5,000 lines of difference are shown; the counts are of all.',
    more: (count: number) => `Show ${counted(count, 'more line')}`,
    skipped: (count: number) => counted(count, 'unchanged line'),
    word: { added: 'added', changed: 'changed', removed: 'removed', same: 'same' },
    nameless: 'a document without a name',
    addedLine: 'added:',
    removedLine: 'removed:',
    view: { label: 'Show changes', unified: 'Unified', split: 'Split' },
    hide: 'Hide the changes',
    show: 'Show the changes',
  },
  documents: {
    title: 'Documents',
    none: 'none yet',
    jump: (line: number) => `line ${exactNumber(line)}`,
    unknown: 'not readable yet',
    goes: 'removed',
    more: (count: number) => `and ${exactNumber(count)} more`,
  },
  reach: {
    title: 'Reaches',
    of: (reached: number, clusters: number | null, coverage: Coverage) =>
      atLeast(
        clusters === null || reached === 0 ? counted(reached, 'agent') : `${counted(reached, 'agent')} in ${counted(clusters, 'cluster')}`,
        coverage,
      ),
    notKnown: 'It is not known yet whom it reaches.',
    nobody: 'It reaches nobody: the revision waits until an agent shares a label or an annotation, or is targeted.',
    notRead: 'What agents made of the current revision is not known.',
    nothingYet: 'Nothing was submitted before: they take it on their next poll.',
    state: {
      failed: (sequence) => `refused ${sequence}; asked again, as this is new`,
      failing: (sequence) => `failing on ${sequence} now`,
      degraded: (sequence) => `degraded on ${sequence} now`,
      silent: () => 'silent; take it when they return',
      stale: () => 'stale; take it when they return',
      pending: (sequence) => `not answered ${sequence}; go straight to this`,
      unconfirmed: (sequence) => `applied ${sequence}, unconfirmed`,
      healthy: () => 'healthy, by fresh records',
    } satisfies Record<ReachState, (sequence: number) => string>,
  },
  warnings: {
    title: 'Warnings',
    none: 'none',
    line: (line: number, said: string) => `Line ${exactNumber(line)}: ${said}`,
    removed: (count: number) =>
      `${counted(count, 'object')} ${count === 1 ? 'is' : 'are'} not in the text any more: agents remove ${count === 1 ? 'it' : 'them'}.`,
    removedWhole: (name: string) => `${name} goes, and everything in it.`,
    afterMarker: (sequence: number) => `${sequence} is a deletion marker: this brings objects back.`,
    partly: 'The reach of some agents is not read yet: more may take it than are counted.',
    moreFindings: (count: number) => `and ${exactNumber(count)} more in the text`,
  },

  newer: {
    title: (sequence: number) => `Revision ${sequence} was submitted meanwhile`,
    text: (reviewed: number | undefined) =>
      reviewed === undefined
        ? 'You began before there was any revision. Nothing of yours was sent; your text is kept. The changes below are now against the newer one.'
        : `You reviewed ${reviewed}. Nothing of yours was sent; your text is kept. The changes below are now against the newer one.`,
    yours: 'You reviewed',
    now: 'Current now',
    columns: ['Whose', 'Revision', 'Submitted', 'Size', 'Checksum'],
    none: 'none',
    marker: 'deletion marker',
    between: (from: number, to: number) => `What ${to} changed from ${from}`,
    goOn: (sequence: number) => `Go on from ${sequence}`,
    startAgain: (sequence: number) => `Discard mine, take the text of ${sequence}`,
    first: (sequence: number) => `Look at revision ${sequence} first: it was submitted meanwhile.`,
  },

  send: {
    label: 'Send',
    reason: 'Reason',
    reasonHint: 'Kept in the audit with your name.',
    reasonRollBack: 'Kept in the audit with your name; a roll back needs one.',
    reasonNeeded: 'Say why it is rolled back, in 3 to 500 characters.',
    reasonShort: 'Leave it empty, or use 3 to 500 characters.',
    button: (reached: number | null, coverage: Coverage) =>
      isNobody(reached, coverage) ? 'Submit; it reaches nobody yet' : `Submit to ${agents(reached, coverage)}`,
    rollBack: (sequence: number, reached: number | null, coverage: Coverage) =>
      isNobody(reached, coverage) ? `Roll back to ${sequence}; it reaches nobody` : `Roll back ${agents(reached, coverage)} to ${sequence}`,
    note: 'Sends exactly this text, once. If another revision comes first, nothing is sent and you see the difference.',
    done: (sequence: number, stack: string) => `Revision ${sequence} of ${stack} is submitted`,
    rolledBack: (to: number, sequence: number, stack: string) => `${stack} is rolled back to the text of ${to}, as revision ${sequence}`,
    failed: 'Not submitted',
    notKnown: 'Not known whether it was submitted',
    empty: 'There is no text yet.',
    faulty: (line: number) => `The text has an error in line ${exactNumber(line)}.`,
    stillChecking: 'The text is still being checked.',
    stillComparing: 'What it changes is still being compared.',
  },
} as const;
