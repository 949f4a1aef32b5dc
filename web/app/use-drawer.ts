import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';

/** On a phone the navigation is a drawer, open on the page it was opened on: going somewhere closes it, and so does Escape. */
export function useDrawer() {
  const { pathname } = useLocation();
  const [openOn, setOpenOn] = useState<string>();
  const drawer = useRef<HTMLElement>(null);
  const isOpen = openOn === pathname;
  useEffect(() => {
    if (!isOpen) return;
    const button = document.activeElement;
    drawer.current?.querySelector('a')?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpenOn(undefined);
      if (button instanceof HTMLElement) button.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isOpen]);
  return { drawer, isOpen, toggle: () => setOpenOn(isOpen ? undefined : pathname) };
}
