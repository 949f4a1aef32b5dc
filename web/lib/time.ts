/** Milliseconds to add to the local clock to get the server's; set from each session answer. */
let offsetMs = 0;

/** `serverTime` as an answer stated it; half of the round trip is taken off. */
export function learnServerTime(serverTime: string, sentAtMs: number, receivedAtMs: number): void {
  const stated = Date.parse(serverTime);
  if (Number.isFinite(stated)) offsetMs = stated - (sentAtMs + receivedAtMs) / 2;
}
export const serverNow = (): number => Date.now() + offsetMs;

/** The server's time at which an answer left it: ages inside that answer count from here. */
export const momentOf = (answer: { asOf: string; ageMs?: number }): number => Date.parse(answer.asOf) + (answer.ageMs ?? 0);

/** A visible page reads every 10 s; what missed two of its reads is the last known and no longer the present. */
export const lastKnownAfterMs = 30_000;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An age as number and unit, apart so that a column can mute the unit. Below two minutes seconds are told: a heartbeat lives there. */
export function ageParts(ms: number): { value: string; unit: 's' | 'min' | 'h' | 'd' } {
  const age = Math.max(0, ms);
  if (age < 2 * minute) return { value: String(Math.floor(age / 1000)), unit: 's' };
  if (age < 2 * hour) return { value: String(Math.floor(age / minute)), unit: 'min' };
  if (age < 2 * day) return { value: String(Math.floor(age / hour)), unit: 'h' };
  return { value: String(Math.floor(age / day)), unit: 'd' };
}
export function formatAge(ms: number): string {
  const { value, unit } = ageParts(ms);
  return `${value} ${unit}`;
}

const two = (value: number, length = 2) => String(value).padStart(length, '0');
/** Local wall clock with its zone, as people paste it: `2026-03-02 09:11:02.884 UTC+1`. */
export function exactTime(at: number | string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(date.getTime())}.${two(date.getMilliseconds(), 3)} ${zoneOf(date)}`;
}
/** `09:11:02` on the local wall clock; the zone is said by the column or the hover. */
export function clockTime(at: number | string): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
/** `2026-03-02` on the local calendar. */
export function calendarDay(at: number | string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
/**
 * A moment on the wall clock of the zone that holds now: the rows of a column have the one zone of its head, in summer and
 * in winter. Exact times keep the zone of their own day.
 */
export const inZoneOfNow = (at: number | string): number =>
  new Date(at).getTime() + (new Date(at).getTimezoneOffset() - new Date().getTimezoneOffset()) * minute;

/** `UTC`, `UTC+1`, `UTC-3:30`. */
export function zoneOf(date: Date = new Date()): string {
  const minutes = -date.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}
