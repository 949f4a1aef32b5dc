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
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
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

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** The time, or the words with which the broker refuses the text. */
export function parseRfc3339(text: string): Micros | { refusal: string } {
  const found = pattern.exec(text);
  if (!found) {
    const isPrefix = /^[\d\-:Tt .+]*$/.test(text) && (text.length < 20 || /[\d.]$/.test(text));
    return { refusal: isPrefix ? 'premature end of input' : 'input contains invalid characters' };
  }
  const part = (index: number) => Number(found[index] ?? 0);
  const [year, month, day, hour, minute, seconds] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const number = dayNumber(year, month, day);
  const [y, m, d] = civil(number);
  if (y !== year || m !== month || d !== day || hour > 23 || minute > 59 || seconds > 60) return { refusal: 'input is out of range' };
  const offset = (found[8] === '-' ? -1 : 1) * (part(9) * 3600 + part(10) * 60);
  const micros = Number((found[7] ?? '').padEnd(6, '0').slice(0, 6));
  return number * dayMicros + (hour * 3600 + minute * 60 + seconds - offset) * second + micros;
}
