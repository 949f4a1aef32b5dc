import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { exactTime } from '#web/lib/time.ts';
import { compare as say } from '#web/lib/words/en/compare.ts';
import { revisionDetail, stackRevisions } from '#web/queries/revisions.ts';
import { stackChoices } from '#web/queries/stacks.ts';
import { Link } from '#web/ui/link.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import css from './compare.module.css';

const pageSize = '50';

interface SideProps {
  title: string;
  revisionId: string | undefined;
  onPick: (revisionId: string) => void;
}
/** One of the two: its stack, then its revision. */
export function Side({ title, revisionId, onPick }: SideProps) {
  const shown = useQuery({ ...revisionDetail(revisionId ?? ''), enabled: revisionId !== undefined });
  const [search, setSearch] = useState('');
  // Another stack than the shown revision's, chosen and waiting for its revision; with another revision the choice is spent.
  const [choice, setChoice] = useState<{ beside: string | undefined; stack: { id: string; name: string } | undefined }>();
  const chosen = choice?.beside === revisionId ? choice?.stack : undefined;
  const stackId = chosen?.id ?? shown.data?.stackId;
  const stacks = useQuery(stackChoices(search));
  const [sought, setSought] = useState('');
  const wanted = { offset: '0', limit: pageSize, ...(sought !== '' && { q: sought }) };
  const revisions = useQuery({ ...stackRevisions(stackId ?? '', wanted), enabled: stackId !== undefined });

  const rows = stacks.data?.rows ?? [];
  const picked =
    stackId === undefined || rows.some(({ id }) => id === stackId)
      ? []
      : [{ id: stackId, name: chosen?.name ?? shown.data?.stackName ?? stackId }];
  const page = revisions.isPlaceholderData ? undefined : revisions.data;
  const own =
    chosen === undefined && shown.data !== undefined && !page?.rows.some(({ id }) => id === revisionId) ? [shown.data.revision] : [];
  return (
    <Card
      title={title}
      aside={
        shown.data !== undefined && (
          <Link href={paths.revision(shown.data.stackId, shown.data.revision.id)}>
            {shown.data.stackName ?? shown.data.stackId} {shown.data.revision.sequence}
          </Link>
        )
      }
    >
      <div className={css['side']}>
        {shown.isError && (
          <PanelState
            kind="error"
            failure={explain(shown.error, say.sideNotRead)}
            onRetry={() => void shown.refetch()}
            retrying={shown.isFetching}
          />
        )}
        <SelectField
          label={say.stack}
          name={`${title} stack`}
          value={stackId ?? ''}
          onChange={(id) => setChoice({ beside: revisionId, stack: rows.find((row) => row.id === id) })}
          options={[...picked, ...rows].map(({ id, name }) => ({ value: id, label: name }))}
          onSearch={setSearch}
          loading={stacks.isPending}
          empty={search === '' ? say.noStacks : say.noStackMatches(search)}
        />
        <SelectField
          label={say.revision}
          name={`${title} revision`}
          value={chosen === undefined ? (revisionId ?? '') : ''}
          onChange={onPick}
          hint={
            stackId === undefined
              ? say.chooseStackFirst
              : page !== undefined && page.total > page.rows.length
                ? say.onlyNewest(page.rows.length, page.total)
                : undefined
          }
          options={[...(page?.rows ?? []), ...own].map(({ id, sequence, submittedAt, isDeletionMarker }) => ({
            value: id,
            label: String(sequence),
            note: isDeletionMarker ? say.marker : exactTime(submittedAt),
          }))}
          loading={stackId !== undefined && page === undefined}
          onSearch={setSought}
          empty={stackId === undefined ? say.chooseStackFirst : sought === '' ? say.noRevisions : say.noRevisionMatches(sought)}
        />
      </div>
    </Card>
  );
}
