import { Link as RouterLink } from 'react-router';
import type { LinkProps, Navigation } from '#web/ui/link.tsx';

function Link({ href, ...rest }: LinkProps) {
  return <RouterLink to={href} {...rest} />;
}
/** Lends the router to the widgets, which know none. */
export const navigationOf = (router: { navigate(to: string): Promise<void> }): Navigation => ({
  Link,
  go: (href) => void router.navigate(href),
});
