import { usePlace } from '#web/hooks/use-place.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { DetailPage } from '#web/ui/panel.tsx';
import { PageHead } from '#web/ui/page-head.tsx';

export function NotFound() {
  usePlace({ label: words.shell.notFound.title });
  return (
    <DetailPage head={<PageHead title={words.shell.notFound.title} />}>
      <p className="secondary">{words.shell.notFound.detail}</p>
      <div>
        <LinkButton href={paths.fleet}>{words.shell.notFound.go}</LinkButton>
      </div>
    </DetailPage>
  );
}
