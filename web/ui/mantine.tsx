import { HeadlessMantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { theme } from './theme.ts';

/**
 * Round the two widgets that take their behaviour from Mantine, dialogs and searchable selects, instead of round the page:
 * a first page then loads none of it.
 */
export function Mantine({ children }: { children: ReactNode }) {
  return <HeadlessMantineProvider theme={theme}>{children}</HeadlessMantineProvider>;
}
