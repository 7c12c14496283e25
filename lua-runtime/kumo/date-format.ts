/**
 * Calendar arithmetic and C99 strftime in the C locale, for os.date and os.time of both engines
 * (Lua 5.4 loslib.c, LUA_STRFTIMEOPTIONS for C99). Time zones are a fixed offset from UTC.
 */

export interface CalendarFields {
  readonly year: number;
  /** From 1. All fields may be out of their range, as for C's mktime. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface BrokenDownTime extends CalendarFields {
  /** From 1. */
  readonly dayOfYear: number;
  /** 0 is Sunday. */
  readonly dayOfWeek: number;
}

export interface Zone {
  readonly offsetMinutes: number;
  /** For `%Z`; empty to write the offset instead. */
  readonly name: string;
}

export class InvalidConversionSpecifier extends Error {}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
];
const DAY_MS = 86_400_000;

/** Seconds since the epoch to calendar fields; undefined beyond JavaScript's ±273 790 years. */
export function brokenDownTime(seconds: number, offsetMinutes: number): BrokenDownTime | undefined {
  const shifted = new Date((seconds + offsetMinutes * 60) * 1000);
  if (Number.isNaN(shifted.getTime())) return undefined;
  const year = shifted.getUTCFullYear();
  const startOfYear = new Date(0);
  startOfYear.setUTCFullYear(year, 0, 1);
  return {
    year,
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    dayOfYear: Math.floor((shifted.getTime() - startOfYear.getTime()) / DAY_MS) + 1,
    dayOfWeek: shifted.getUTCDay(),
  };
}

/** The inverse of brokenDownTime, for fields in or out of their range. */
export function secondsFromFields(
  fields: CalendarFields,
  offsetMinutes: number,
): number | undefined {
  const midnight = new Date(0);
  midnight.setUTCFullYear(fields.year, fields.month - 1, fields.day);
  const days = midnight.getTime() / 1000;
  if (Number.isNaN(days)) return undefined;
  return days + fields.hour * 3600 + fields.minute * 60 + fields.second - offsetMinutes * 60;
}

/**
 * strftime in the C locale.
 * @throws InvalidConversionSpecifier with Lua's text
 */
export function formatDate(format: string, time: BrokenDownTime, zone: Zone): string {
  let text = '';
  for (let i = 0; i < format.length; i++) {
    const character = format[i] as string;
    if (character !== '%') {
      text += character;
      continue;
    }
    const next = format[i + 1] ?? '';
    // The alternative forms of the C locale are the plain ones.
    const modifierAllows = next === 'E' ? 'cCxXyY' : next === 'O' ? 'deHImMSuUVwWy' : undefined;
    const specifier = modifierAllows === undefined ? next : (format[i + 2] ?? '');
    const known =
      modifierAllows === undefined || (specifier !== '' && modifierAllows.includes(specifier));
    const formatted = known ? formatSpecifier(specifier, time, zone) : undefined;
    if (formatted === undefined) {
      const shown = modifierAllows === undefined ? next : next + specifier;
      throw new InvalidConversionSpecifier(`invalid conversion specifier '%${shown}'`);
    }
    text += formatted;
    i += modifierAllows === undefined ? 1 : 2;
  }
  return text;
}

const pad = (value: number, width = 2, fill = '0'): string =>
  value < 0 ? `-${String(-value)}` : String(value).padStart(width, fill);

function formatSpecifier(specifier: string, t: BrokenDownTime, zone: Zone): string | undefined {
  const all = (format: string): string => formatDate(format, t, zone);
  const day = DAYS[t.dayOfWeek] as string;
  const month = MONTHS[t.month - 1] as string;
  const hour12 = t.hour % 12 === 0 ? 12 : t.hour % 12;
  switch (specifier) {
    case 'a':
      return day.slice(0, 3);
    case 'A':
      return day;
    case 'b':
    case 'h':
      return month.slice(0, 3);
    case 'B':
      return month;
    case 'c':
      return all('%a %b %e %H:%M:%S %Y');
    case 'C':
      return pad(Math.floor(t.year / 100));
    case 'd':
      return pad(t.day);
    case 'D':
      return all('%m/%d/%y');
    case 'e':
      return pad(t.day, 2, ' ');
    case 'F':
      return all('%Y-%m-%d');
    case 'g':
      return pad(isoWeek(t).year % 100);
    case 'G':
      return String(isoWeek(t).year);
    case 'H':
      return pad(t.hour);
    case 'I':
      return pad(hour12);
    case 'j':
      return pad(t.dayOfYear, 3);
    case 'm':
      return pad(t.month);
    case 'M':
      return pad(t.minute);
    case 'n':
      return '\n';
    case 'p':
      return t.hour < 12 ? 'AM' : 'PM';
    case 'r':
      return all('%I:%M:%S %p');
    case 'R':
      return all('%H:%M');
    case 'S':
      return pad(t.second);
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return all('%H:%M:%S');
    case 'u':
      return String(t.dayOfWeek === 0 ? 7 : t.dayOfWeek);
    case 'U':
      return pad(weekOfYear(t, 0));
    case 'V':
      return pad(isoWeek(t).week);
    case 'w':
      return String(t.dayOfWeek);
    case 'W':
      return pad(weekOfYear(t, 1));
    case 'x':
      return all('%m/%d/%y');
    case 'y':
      return pad(((t.year % 100) + 100) % 100);
    case 'Y':
      return String(t.year);
    case 'z':
      return formatOffset(zone.offsetMinutes);
    case 'Z':
      return zone.name === '' ? formatOffset(zone.offsetMinutes) : zone.name;
    case '%':
      return '%';
    default:
      return undefined;
  }
}

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
}

/** Weeks since the first `firstDay` (0 Sunday, 1 Monday) of the year; days before it are week 0. */
function weekOfYear(t: BrokenDownTime, firstDay: number): number {
  return Math.floor((t.dayOfYear + 6 - ((t.dayOfWeek - firstDay + 7) % 7)) / 7);
}

/** ISO 8601 week: week 1 holds the first Thursday. */
function isoWeek(t: BrokenDownTime): { year: number; week: number } {
  const weekday = t.dayOfWeek === 0 ? 7 : t.dayOfWeek;
  const week = Math.floor((t.dayOfYear - weekday + 10) / 7);
  if (week < 1) return { year: t.year - 1, week: weeksInIsoYear(t.year - 1) };
  if (week > weeksInIsoYear(t.year)) return { year: t.year + 1, week: 1 };
  return { year: t.year, week };
}

function weeksInIsoYear(year: number): number {
  // A year has 53 weeks when its 31 December is a Thursday, or a Friday after a leap year.
  const lastDay = (y: number): number =>
    (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return lastDay(year) === 4 || lastDay(year - 1) === 3 ? 53 : 52;
}
