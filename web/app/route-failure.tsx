import { useEffect } from 'react';
import { useRevalidator, useRouteError } from 'react-router';
import { ProblemError } from '#contract/problem.ts';
import { rereadMs } from '#web/api/query-client.ts';
import { explain } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';

/** The nearest boundary of a screen that could not be shown. Where reading again is safe it does so by itself, like everything else. */
export function RouteFailure() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const failure = explain(error);
  const isSignedOut = error instanceof ProblemError && error.code === 'sign_in_required';
  const retries = error instanceof ProblemError && failure.retrySafe && !isSignedOut;
  useEffect(() => {
    if (!retries) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate();
    }, rereadMs);
    return () => clearInterval(timer);
  }, [retries, revalidate]);
  if (isSignedOut) return <Loading label={words.shell.reading} />;
  return (
    <PanelState
      kind="error"
      failure={failure}
      retrying={state === 'loading'}
      onRetry={() => void (retries ? revalidate() : location.reload())}
    />
  );
}
