import type { Locator } from 'vitest/browser';

/** What is in the field changes and no time passes: while a locator acts, vitest lets faked timers run on. */
export function typeAtOnce(field: Locator, text: string): void {
  const element = field.element();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(element, text); // past React, which then takes it for new
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
