import { type ComponentType, createContext, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useContext } from 'react';

export interface LinkProps {
  href: string;
  children?: ReactNode;
  className?: string | undefined;
  tabIndex?: number | undefined;
  title?: string | undefined;
  role?: 'menuitem' | undefined;
  'aria-current'?: 'page' | undefined;
  'aria-label'?: string | undefined;
  onClick?: ((event: MouseEvent<HTMLElement>) => void) | undefined;
  onKeyDown?: ((event: KeyboardEvent<HTMLElement>) => void) | undefined;
  ref?: Ref<HTMLAnchorElement> | undefined;
}
/** How the page moves without a reload; the widgets know no router, the app gives them one. */
export interface Navigation {
  Link: ComponentType<LinkProps>;
  go: (href: string) => void;
}
const plain: Navigation = { Link: ({ children, ...props }) => <a {...props}>{children}</a>, go: (href) => location.assign(href) };
const NavigationContext = createContext<Navigation>(plain);

export function NavigationProvider({ navigation, children }: { navigation: Navigation; children: ReactNode }) {
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}
export const useGo = (): Navigation['go'] => useContext(NavigationContext).go;

/** A link within the console. */
export function Link(props: LinkProps) {
  const { Link: Carrier } = useContext(NavigationContext);
  return <Carrier {...props} />;
}
