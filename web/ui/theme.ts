import { createTheme, Combobox, Menu, Modal, Popover, Tooltip } from '@mantine/core';
import float from './float.module.css';

const dropdown = { dropdown: float['dropdown'] ?? '' };

/**
 * Mantine gives behaviour only (focus, keyboard, placement); its look is `unstyled` here and comes from the tokens,
 * so that none of its style sheets is loaded and none of its colours can appear.
 */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({ defaultProps: { unstyled: true, lockScroll: false, withCloseButton: false, transitionProps: { duration: 0 }, zIndex: 'var(--z-dialog)' } }),
    Menu: Menu.extend({
      defaultProps: { unstyled: true, withinPortal: true, transitionProps: { duration: 0 }, offset: 4, zIndex: 'var(--z-float)' },
      classNames: { ...dropdown, item: float['item'] ?? '', label: float['label'] ?? '', divider: float['divider'] ?? '', itemLabel: float['itemLabel'] ?? '', itemSection: float['itemSection'] ?? '' },
    }),
    Popover: Popover.extend({ defaultProps: { unstyled: true, withinPortal: true, transitionProps: { duration: 0 }, offset: 4, zIndex: 'var(--z-float)' }, classNames: dropdown }),
    Combobox: Combobox.extend({
      defaultProps: { unstyled: true, withinPortal: true, transitionProps: { duration: 0 }, offset: 4, zIndex: 'var(--z-float)' },
      classNames: { ...dropdown, options: float['options'] ?? '', option: float['item'] ?? '', empty: float['label'] ?? '' },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { unstyled: true, withinPortal: true, multiline: true, openDelay: 150, transitionProps: { duration: 0 }, offset: 6, zIndex: 'var(--z-toast)', events: { hover: true, focus: true, touch: true } },
      classNames: { tooltip: float['tooltip'] ?? '' },
    }),
  },
});
