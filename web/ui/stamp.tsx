import { calendarDay, clockTime, exactTime, zoneOf } from '#web/lib/time.ts';

/** A moment of the broker's clock that came without its age: told as it is, never as local clock minus a foreign time. */
export function Stamp({ at, zone = false }: { at: string; /** Where no head says it. */ zone?: boolean }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {calendarDay(at)} {clockTime(at).slice(0, 5)}
      {zone && ` ${zoneOf(new Date(at))}`}
    </time>
  );
}
