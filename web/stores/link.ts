import { createStore } from 'zustand/vanilla';
import { serverNow } from '#web/lib/time.ts';

export interface Link {
  /** `console`: no answer from the console; `broker`: the console answers, the broker does not. */
  down: 'console' | 'broker' | undefined;
  /** Server milliseconds. */
  downSince: number;
  /** When the data on the page was last read whole, server milliseconds; 0 before anything was. */
  dataFrom: number;
}
export const linkStore = createStore<Link>(() => ({ down: undefined, downSince: 0, dataFrom: 0 }));

/** The console answered. Data of its own, or old data of the broker, says nothing about the broker. */
export function consoleAnswered(dataFrom = 0): void {
  linkStore.setState((link) => ({
    ...(link.down === 'console' ? { down: undefined, downSince: 0 } : {}),
    dataFrom: Math.max(link.dataFrom, dataFrom),
  }));
}
/** The console answered with what it read from the broker at `dataFrom`: later than the loss, that is its end. */
export function brokerAnswered(dataFrom: number): void {
  consoleAnswered(dataFrom);
  linkStore.setState((link) => (link.down === 'broker' && dataFrom > link.downSince ? { down: undefined, downSince: 0 } : link));
}
/** `since` when the other side knows better than this page when it began. */
export function linkDown(down: 'console' | 'broker', since: number = serverNow()): void {
  linkStore.setState((link) => ({ down, downSince: link.down === down ? Math.min(link.downSince, since) : since }));
}
