import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { uuid } from '#contract/fields.ts';
import { submitRevision } from '#contract/revisions.ts';
import type { StackDetail } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { submit as say } from '#web/lib/words/en/submit.ts';
import { words } from '#web/lib/words/index.ts';
import { revisionDetail } from '#web/queries/revisions.ts';
import { stackDetail } from '#web/queries/stacks.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { DetailPage } from '#web/ui/panel.tsx';
import { SubmitForm } from './submit-form.tsx';

export function SubmitPanel() {
  const { stackId = '' } = useParams();
  const [search] = useSearchParams();
  const from = search.get('from') ?? undefined;
  const detail = useQuery({ ...stackDetail(stackId), enabled: uuid.safeParse(stackId).success });
  const may = useMay(submitRevision);
  const name = detail.data?.stack.name ?? stackId;
  usePlace(
    { label: words.stacks.title, href: paths.stacks },
    { label: name, href: paths.stack(stackId), mono: true },
    { label: say.crumb },
  );

  if (may.why !== undefined) {
    return (
      <DetailPage head={<PageHead title={say.title(name)} actions={<LinkButton href={paths.stack(stackId)}>{say.toStack}</LinkButton>} />}>
        <PanelState kind="forbidden" title={say.mayNot}>
          {may.why}
        </PanelState>
      </DetailPage>
    );
  }
  if (detail.data !== undefined) return <Begin key={`${stackId} ${from}`} detail={detail.data} isOld={detail.isError} from={from} />;
  return <Waiting name={name} error={detail.error} isReading={detail.isFetching} onRetry={() => void detail.refetch()} />;
}

/** Reads the text to begin with: of the revision asked for, else of the one that is current as the page opens. */
function Begin({ detail, isOld, from }: { detail: StackDetail; isOld: boolean; from: string | undefined }) {
  const [current, setCurrent] = useState(detail.current);
  const beginWith = from ?? (current === null || current.isDeletionMarker ? undefined : current.id);
  const text = useQuery({ ...revisionDetail(beginWith ?? ''), enabled: beginWith !== undefined });
  if (beginWith !== undefined && text.data === undefined) {
    return <Waiting name={detail.stack.name} error={text.error} isReading={text.isFetching} onRetry={() => void text.refetch()} />;
  }
  return (
    <SubmitForm
      key={current?.id}
      detail={detail}
      isOld={isOld}
      start={{ yaml: text.data?.yaml ?? '', current, from: from === undefined ? undefined : text.data }}
      onStartAgain={setCurrent}
    />
  );
}

function Waiting({ name, error, isReading, onRetry }: { name: string; error: Error | null; isReading: boolean; onRetry: () => void }) {
  return (
    <DetailPage head={<PageHead title={say.title(name)} />}>
      {error === null ? (
        <Loading label={say.title(name)} />
      ) : (
        <PanelState kind="error" failure={explain(error, say.notRead)} onRetry={onRetry} retrying={isReading} />
      )}
    </DetailPage>
  );
}
