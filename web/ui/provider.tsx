import './tokens.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Navigation, NavigationProvider } from './link.tsx';
import { theme } from './theme.ts';

const nonce = () => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/** What every widget needs above it. Tests of widgets use it without a navigation: links are then plain. */
export function UiProvider({ navigation, children }: { navigation?: Navigation; children: ReactNode }) {
  const inside = navigation === undefined ? children : <NavigationProvider navigation={navigation}>{children}</NavigationProvider>;
  return (
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} getStyleNonce={nonce}>
      {inside}
    </MantineProvider>
  );
}
