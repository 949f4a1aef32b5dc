import { calendarDay, clockTime, exactTime } from '#web/lib/time.ts';

/** A moment of the broker's clock that came without its age: told as it is, never as local clock minus a foreign time. */
export function Stamp({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {calendarDay(at)} {clockTime(at).slice(0, 5)}
    </time>
  );
}
