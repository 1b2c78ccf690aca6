/** Days, times of day and moments, without the traps of Date. */

import { ExpressionError } from "./errors.ts";

const DAY_MS = 86_400_000;
/** The first and the last moment of the years 1 to 9999. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;
const BEFORE_ZONES = Date.UTC(1800, 0, 1);
const pad = (value: number, size = 2): string => String(value).padStart(size, "0");

/** A day of the calendar, 0001-01-01 to 9999-12-31; `number` counts days since 1970-01-01. */
export class Day {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  static of(year: number, month: number, day: number): Day | null {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
    return new Day(new Date(0).setUTCFullYear(year, month - 1, day) / DAY_MS);
  }

  static parse(written: string): Day | null {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(written);
    return found === null ? null : Day.of(Number(found[1]), Number(found[2]), Number(found[3]));
  }

  plus(days: number): Day {
    const later = new Day(this.number + days);
    const { year } = later.parts();
    if (!(year >= 1 && year <= 9999)) throw new ExpressionError("bad_date", { value: `${this.toString()} + ${days}` });
    return later;
  }

  parts(): { readonly year: number; readonly month: number; readonly day: number } {
    const date = new Date(this.number * DAY_MS);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }

  /** 1 for Monday, 7 for Sunday. */
  weekday(): number {
    return ((((this.number + 3) % 7) + 7) % 7) + 1;
  }

  toString(): string {
    const { year, month, day } = this.parts();
    return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  }
}

export function daysIn(year: number, month: number): number {
  return new Date(new Date(0).setUTCFullYear(year, month, 0)).getUTCDate();
}

/** A time of day, in seconds since midnight. */
export class Clock {
  readonly seconds: number;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  static of(hour: number, minute: number, second: number): Clock | null {
    const fits = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return fits ? new Clock(hour * 3600 + minute * 60 + second) : null;
  }

  static parse(written: string): Clock | null {
    const found = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/u.exec(written);
    return found === null ? null : Clock.of(Number(found[1]), Number(found[2]), Number(found[3] ?? 0));
  }

  toString(): string {
    const seconds = this.seconds % 60;
    const start = `${pad(Math.floor(this.seconds / 3600))}:${pad(Math.floor(this.seconds / 60) % 60)}`;
    return seconds === 0 ? start : `${start}:${pad(seconds)}`;
  }
}

/** A moment, in milliseconds since 1970-01-01 UTC. */
export class Moment {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  /** Reads ISO 8601 with an offset or Z. */
  static parse(written: string): Moment | null {
    const milliseconds = /(?:Z|[+-]\d{2}:\d{2})$/u.test(written) ? Date.parse(written) : Number.NaN;
    return Number.isNaN(milliseconds) ? null : new Moment(milliseconds);
  }

  /** The moment that is meant, if it is one of the years 1 to 9999. */
  static within(milliseconds: number): Moment {
    if (milliseconds < FIRST || milliseconds > LAST) throw new ExpressionError("bad_date", { value: String(milliseconds) });
    return new Moment(milliseconds);
  }

  /** The moment when the clocks of a zone show this; the earlier one where they show it twice. */
  static at(day: Day, clock: Clock, zone: string): Moment {
    const local = day.number * DAY_MS + clock.seconds * 1000;
    const [before, after] = [offset(local - DAY_MS, zone), offset(local + DAY_MS, zone)];
    const later = before !== after && offset(local - before, zone) !== before && offset(local - after, zone) === after;
    return Moment.within(local - (later ? after : before));
  }

  private local(zone: string): number {
    return Moment.within(this.milliseconds + offset(this.milliseconds, zone)).milliseconds;
  }

  day(zone: string): Day {
    return new Day(Math.floor(this.local(zone) / DAY_MS));
  }

  clock(zone: string): Clock {
    return new Clock(Math.floor((this.local(zone) - this.day(zone).number * DAY_MS) / 1000));
  }

  shown(zone: string): string {
    return `${this.day(zone).toString()} ${this.clock(zone).toString()}`;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone are ahead of UTC at a moment, in milliseconds. Before 1800 no zone has changed its clocks,
 * and Intl counts days by the Julian calendar in early years. */
function offset(moment: number, zone: string): number {
  const milliseconds = Math.min(Math.max(moment, BEFORE_ZONES), LAST - 2 * DAY_MS);
  let format = formats.get(zone);
  if (format === undefined) {
    const numeric = "numeric";
    format = new Intl.DateTimeFormat("en-US-u-ca-iso8601", {
      timeZone: zone, hourCycle: "h23", year: numeric, month: numeric, day: numeric,
      hour: numeric, minute: numeric, second: numeric,
    });
    formats.set(zone, format);
  }
  const found: Partial<Record<string, number>> = {};
  for (const { type, value } of format.formatToParts(milliseconds)) found[type] = Number(value);
  const start = new Date(0).setUTCFullYear(found["year"] ?? 0, (found["month"] ?? 1) - 1, found["day"] ?? 1);
  const shown = start + ((found["hour"] ?? 0) * 3600 + (found["minute"] ?? 0) * 60 + (found["second"] ?? 0)) * 1000;
  return shown - Math.floor(milliseconds / 1000) * 1000;
}
