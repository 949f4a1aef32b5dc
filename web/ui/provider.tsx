import './tokens.css';
import './base.css';
import type { ReactNode } from 'react';
import { type Navigation, NavigationProvider } from './link.tsx';

/** What every widget needs above it. Tests of widgets use it without a navigation: links are then plain. */
export function UiProvider({ navigation, children }: { navigation?: Navigation; children: ReactNode }) {
  return navigation === undefined ? children : <NavigationProvider navigation={navigation}>{children}</NavigationProvider>;
}
