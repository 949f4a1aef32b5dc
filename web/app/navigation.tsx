import { Link as RouterLink, useLocation } from 'react-router';
import { tenantOf, withTenant } from '#web/lib/scope.ts';
import type { LinkProps, Navigation } from '#web/ui/link.tsx';

function Link({ href, ...rest }: LinkProps) {
  const { search } = useLocation();
  return <RouterLink to={withTenant(href, tenantOf(search))} {...rest} />;
}
interface Router {
  navigate(to: string): Promise<void>;
  state: { location: { search: string } };
}
/** Lends the router to the widgets, which know none; wherever one goes, the tenant scope goes along. */
export const navigationOf = (router: Router): Navigation => ({
  Link,
  go: (href) => void router.navigate(withTenant(href, tenantOf(router.state.location.search))),
});
