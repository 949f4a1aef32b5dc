import type { MantineThemeOverride } from '@mantine/core';
import float from './float.module.css';

/**
 * Mantine gives behaviour only (focus, keyboard, placement) and runs headless: none of its style sheets is loaded and none
 * of its colours can appear; the look comes from the tokens. Components are named, not imported: a page loads those it shows.
 */
export const theme: MantineThemeOverride = {
  components: {
    Combobox: {
      defaultProps: { transitionProps: { duration: 0 }, withinPortal: true, offset: 4, zIndex: 'var(--z-float)' },
      classNames: { dropdown: float['list'], options: float['options'], option: float['item'], empty: float['label'] },
    },
  },
};
