const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
/** As the keyboard in front of the person names them. */
export const paletteKeys = isApple ? (['⌘', 'K'] as const) : (['Ctrl', 'K'] as const);

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
/** What a key asks for, anywhere on the page. */
export function askedBy(event: KeyboardEvent): 'palette' | 'shortcuts' | undefined {
  if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey) return 'palette';
  return event.key === '?' && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target) ? 'shortcuts' : undefined;
}
/** A decision is open: it wants its own answer first. */
export const isDeciding = (): boolean =>
  document.querySelector('[role=dialog][aria-modal=true], [role=alertdialog], dialog[open]') !== null;
