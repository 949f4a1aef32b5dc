/** Times are integer microseconds since 1970, UTC: what the broker's database keeps. */
export type Micros = number;

export const second = 1_000_000;

const dayMicros = 86_400 * second;
const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** Day number since 1970 → year, month, day (proleptic Gregorian). */
function civil(day: number): [number, number, number] {
  const shifted = day + 719_468; // days since 0000-03-01, so that leap days end a cycle
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1];
}
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

let lastDay = Number.NaN; // a fleet of 100,000 prints mostly one day
let lastDate = '';

/** RFC 3339 in UTC; the fraction has 0, 3 or 6 digits, as the broker prints it. */
export function rfc3339(time: Micros): string {
  const day = Math.floor(time / dayMicros);
  if (day !== lastDay) {
    const [year, month, date] = civil(day);
    lastDay = day;
    lastDate = `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}T`;
  }
  const rest = time - day * dayMicros;
  const seconds = Math.floor(rest / second);
  const micros = rest - seconds * second;
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  const fraction = micros === 0 ? '' : micros % 1000 === 0 ? `.${pad(micros / 1000, 3)}` : `.${pad(micros, 6)}`;
  return `${lastDate}${clock}${fraction}Z`;
}
export const rfc3339OrNull = (time: Micros | null) => (time === null ? null : rfc3339(time));

/** The same time to the nanosecond, as the broker prints what it only passes on: 0, 3, 6 or 9 digits. */
export function rfc3339Exact(text: string): string | { refusal: string } {
  const time = parseRfc3339(text);
  if (typeof time !== 'number') return time;
  const nanos = (/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(9, '0').slice(0, 9);
  const whole = rfc3339(Math.floor(time / second) * second).slice(0, -1);
  const told = nanos.replace(/(000)+$/, '');
  return told === '' ? `${whole}Z` : `${whole}.${told}Z`;
}

/** What comes next in a time: a number within its bounds, or a mark. White space may stand before each. */
type Step = { digits: number; least: number; most: number } | { mark: RegExp };
const number = (digits: number, least: number, most: number): Step => ({ digits, least, most });
const steps: readonly Step[] = [
  number(4, 0, 9999),
  { mark: /^\s*-/ },
  number(2, 1, 12),
  { mark: /^\s*-/ },
  number(2, 1, 31),
  { mark: /^[Tt ]/ },
  number(2, 0, 23),
  { mark: /^\s*:/ },
  number(2, 0, 59),
  { mark: /^\s*:/ },
  number(2, 0, 60),
];
const zone = /^\s*(?:UTC|Z|([+\u2212-])(\d\d)[:\s]*(\d\d))/i;
const unfinishedZone = /^\s*([+\u2212-](\d|\d\d[:\s]*\d?)?)?$/;
const [short, strange, beyond] = ['premature end of input', 'input contains invalid characters', 'input is out of range'].map(
  (refusal) => ({
    refusal,
  }),
) as [Refused, Refused, Refused];
interface Refused {
  refusal: string;
}

/** The time, or the words with which the broker refuses the text. It is lenient: one digit will do, so will a space for the `T`. */
export function parseRfc3339(text: string): Micros | Refused {
  const numbers: number[] = [];
  let rest = text;
  for (const step of steps) {
    const taken = ('mark' in step ? step.mark : new RegExp(`^\\s*\\d{1,${String(step.digits)}}`)).exec(rest)?.[0];
    if (taken === undefined) return rest.trim() === '' ? short : strange;
    rest = rest.slice(taken.length);
    if ('mark' in step) continue;
    const value = Number(taken);
    if (value < step.least || value > step.most) return beyond;
    numbers.push(value);
  }
  const fraction = /^\.(\d*)/.exec(rest);
  rest = rest.slice(fraction?.[0].length ?? 0);
  if (fraction?.[1] === '') return rest === '' ? short : strange;
  const offset = zone.exec(rest);
  if (!offset) return unfinishedZone.test(rest) ? short : strange;
  if (rest.slice(offset[0].length).trim() !== '') return { refusal: 'trailing input' };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, seconds = 0] = numbers;
  const dayOf = dayNumber(year, month, day);
  const [y, m, d] = civil(dayOf);
  const [hours, minutes] = [Number(offset[2] ?? 0), Number(offset[3] ?? 0)];
  if (y !== year || m !== month || d !== day || hours > 23 || minutes > 59) return beyond;
  const east = (offset[1] === '+' ? 1 : -1) * (hours * 3600 + minutes * 60);
  const micros = Number((fraction?.[1] ?? '').padEnd(6, '0').slice(0, 6));
  return dayOf * dayMicros + (hour * 3600 + minute * 60 + seconds - east) * second + micros;
}
