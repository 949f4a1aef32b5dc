import { type ReactNode, useState } from 'react';
import { explain } from '#web/lib/failure.ts';
import type { Reading, TagSet as Set, TagWrites } from '#web/lib/tag-set.ts';
import type { HangsOn } from '#web/lib/tag-removal.ts';
import { words as catalogue } from '#web/lib/words/index.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Consequences } from './consequences.tsx';
import { Card } from './panel.tsx';
import { Loading, PanelState, StaleNote } from './panel-state.tsx';
import { ReadAgo } from './read-ago.tsx';
import { TagChips } from './tag-chips.tsx';

const say = catalogue.tagRemoval;

interface TagSetProps<Item, Change> {
  words: { title: string; add: string; notRead: string; empty: string };
  emptyText: string;
  reading: Reading<Set<Item>>;
  writes: TagWrites<Change, Set<Item>>;
  /** What tells two items apart, and what one says. */
  idOf: (item: Item) => string;
  textOf: (item: Item) => string;
  /** The change of one item, on the set that was looked at. */
  changeOf: (item: Item, etag: string) => Change;
  /** Of what it is the set. */
  name: string;
  /** What hangs on one of them: it is asked about before it goes, but where nothing does. */
  hangsOn: (item: Item) => HangsOn;
  /** The form that adds one. */
  children: ReactNode;
}
/** The labels or annotations of one thing: what is there, taken off with a way back, and the form that adds one. */
export function TagSet<Item, Change>(props: TagSetProps<Item, Change>) {
  const { words, reading, children } = props;
  const { data, error, isError, isFetching, refetch } = reading;
  if (data === undefined) {
    return (
      <Card title={words.title} flush>
        {isError ? (
          <PanelState kind="error" failure={explain(error, words.notRead)} onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <Loading label={words.title} rows={2} />
        )}
      </Card>
    );
  }
  return (
    <>
      <Card title={words.title} aside={<ReadAgo asOf={data.asOf} onRead={() => void refetch()} />}>
        <Items {...props} set={data} />
        {isError && <StaleNote at={data.asOf} />}
      </Card>
      <Card title={words.add}>{children}</Card>
    </>
  );
}

function Items<Item, Change>({
  words,
  emptyText,
  writes,
  idOf,
  textOf,
  changeOf,
  name,
  hangsOn,
  set: { items, etag },
}: TagSetProps<Item, Change> & { set: Set<Item> }) {
  // Taken off here; each is gone once the set is without it.
  const [gone, setGone] = useState<readonly Item[]>([]);
  const [asked, setAsked] = useState<Item>();
  const without = (item: Item) => (set: readonly Item[]) => set.filter((one) => idOf(one) !== idOf(item));
  const remove = (item: Item) => {
    setGone((before) => [...without(item)(before), item]);
    writes.remove.mutate(changeOf(item, etag), { onError: () => setGone(without(item)) });
  };
  // Each change is made on the set that the one before left: two at once would refuse each other.
  const busy = [writes.add, writes.remove, writes.restore].some(({ isPending }) => isPending) ? say.busy : undefined;
  const isHarmless = (item: Item) => {
    const known = hangsOn(item);
    return 'lines' in known && known.lines.length === 0;
  };
  const isAmong = (set: readonly Item[], id: string) => set.some((item) => idOf(item) === id);
  const removed = gone.filter((item) => !isAmong(items, idOf(item)));
  const chip = (item: Item) => ({ id: idOf(item), text: textOf(item) });
  const withId = (set: readonly Item[], id: string, then: (item: Item) => void) => set.filter((item) => idOf(item) === id).forEach(then);
  if (items.length + removed.length === 0) {
    return (
      <PanelState kind="empty" title={words.empty}>
        {emptyText}
      </PanelState>
    );
  }
  return (
    <>
      <TagChips
        label={words.title}
        chips={items.map(chip)}
        removed={removed.map(chip)}
        why={writes.whyNotRemove ?? busy}
        whyNotRestore={busy}
        onRemove={(id) => withId(items, id, (item) => (isHarmless(item) ? remove(item) : setAsked(item)))}
        onRestore={(id) => withId(removed, id, (item) => writes.restore.mutate(changeOf(item, etag)))}
      />
      {asked !== undefined && (
        <ConfirmDialog
          open
          title={say.title(textOf(asked), name)}
          action={say.confirm}
          stay={say.cancel}
          onConfirm={() => {
            remove(asked);
            setAsked(undefined);
          }}
          onClose={() => setAsked(undefined)}
        >
          <Hanging known={hangsOn(asked)} />
        </ConfirmDialog>
      )}
    </>
  );
}

/** What is known may change while one looks at it. */
function Hanging({ known }: { known: HangsOn }) {
  if ('unknown' in known) return <p className="secondary">{known.unknown}</p>;
  return <Consequences lines={known.lines.length > 0 ? known.lines : [say.nothing]} />;
}
