import { useCallback, useState, useSyncExternalStore } from 'react';

/** Width of an element in whole pixels, followed while it is there; undefined before the first measurement. */
export function useWidth(): [ref: (element: HTMLElement | null) => (() => void) | undefined, width: number | undefined] {
  const [width, setWidth] = useState<number>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    setWidth(Math.floor(element.clientWidth));
    return () => watch.disconnect();
  }, []);
  return [ref, width];
}

const phone = matchMedia('(max-width: 767px)');
const onPhone = (listener: () => void) => {
  phone.addEventListener('change', listener);
  return () => phone.removeEventListener('change', listener);
};
/** The page is as narrow as a phone: tables become two-line rows. */
export const useIsNarrow = (): boolean => useSyncExternalStore(onPhone, () => phone.matches);
