import type { BrowserContext } from '@playwright/test';

export interface Faults {
  /** Statuses of 500 and more, or words of a console message, that this journey causes on purpose. */
  expect(...announced: (number | RegExp)[]): void;
  watch(context: BrowserContext): void;
  assertNone(): void;
}

/** Collects what no journey should cause: errors and policy violations in the console, uncaught errors, answers of 500 and more. */
export function watchContext(first: BrowserContext): Faults {
  const seen: { text: string; status?: number }[] = [];
  const announced: (number | RegExp)[] = [];
  const faults: Faults = {
    expect: (...more) => void announced.push(...more),
    watch(context) {
      context.on('console', (message) => {
        // Chromium repeats failed requests here; those are judged by their status.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          seen.push({ text: `console: ${message.text()}` });
      });
      context.on('weberror', (error) => seen.push({ text: `uncaught: ${error.error().stack ?? error.error().message}` }));
      context.on('response', (response) => {
        const status = response.status();
        if (status >= 500) seen.push({ text: `${status} ${response.request().method()} ${response.url()}`, status });
      });
    },
    assertNone() {
      const unexpected = seen.filter(
        ({ text, status }) => !announced.some((one) => (typeof one === 'number' ? one === status : one.test(text))),
      );
      if (unexpected.length > 0) throw new Error(`the browser met:\n${unexpected.map(({ text }) => `  ${text}`).join('\n')}`);
    },
  };
  faults.watch(first);
  return faults;
}
