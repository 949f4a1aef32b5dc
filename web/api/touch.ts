/**
 * Whether a person did something since the last request that said so. A visible page re-reads every 10 s; only requests
 * of a touched page extend the session (`X-Console: action`), the rest are polls.
 */
let touched = true;

const touch = () => {
  touched = true;
};
for (const type of ['pointerdown', 'keydown', 'wheel'] as const) {
  addEventListener(type, touch, { capture: true, passive: true });
}
export function takeTouch(): 'action' | 'poll' {
  const was = touched;
  touched = false;
  return was ? 'action' : 'poll';
}
