import { type RefObject, useEffect, useEffectEvent, useState } from 'react';

const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;

/** Takes files that fall onto an element; anything else that is dragged over it is left to what is inside. */
export function useDrop(place: RefObject<HTMLElement | null>, take: (files: readonly File[]) => void): { isOver: boolean } {
  const [isOver, setIsOver] = useState(false);
  const drag = useEffectEvent((event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setIsOver(event.type === 'dragover');
    if (event.type === 'drop') take(Array.from(event.dataTransfer?.files ?? []));
  });
  useEffect(() => {
    const element = place.current;
    const listener = (event: DragEvent) => drag(event);
    const types = ['dragover', 'dragleave', 'drop'] as const;
    for (const type of types) element?.addEventListener(type, listener);
    return () => {
      for (const type of types) element?.removeEventListener(type, listener);
    };
  }, [place]);
  return { isOver };
}
