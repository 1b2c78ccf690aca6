/** Weeks, months, quarters, halves and years; spans of days and of hours. */

import { type Decimal, decimal, divide, multiply, plain, roundHalfUp, ZERO } from "../arithmetic.ts";
import { Clock, Day, daysIn, Moment } from "../calendar.ts";
import { ExpressionError } from "../errors.ts";
import { compare, number, text, type Value } from "../values.ts";
import { addMonths } from "./dates.ts";
import { of, type Run } from "./run.ts";

const HOUR = decimal(3600);
const MAX_HOURS = 10_000_000;
const MONTHS: ReadonlyMap<string, number> = new Map([["month", 1], ["quarter", 3], ["half", 6], ["year", 12]]);

function monthsOf(period: string): number {
  const months = MONTHS.get(period);
  if (months === undefined) throw new ExpressionError("bad_period", { value: period });
  return months;
}

function made(year: number, month: number, day: number): Day {
  return Day.of(year, month, day) ?? new Day(0);
}

function startOf(day: Day, period: string): Day {
  if (period === "week") return day.plus(1 - day.weekday());
  const months = monthsOf(period);
  const { year, month } = day.parts();
  return made(year, Math.floor((month - 1) / months) * months + 1, 1);
}

function monthEnd(day: Day): Day {
  const { year, month } = day.parts();
  return made(year, month, daysIn(year, month));
}

function endOf(day: Day, period: string): Day {
  const first = startOf(day, period);
  if (period === "week") return first.plus(6);
  const { year, month } = first.parts();
  return monthEnd(made(year, month + monthsOf(period) - 1, 1));
}

/** The ISO year and week: those of the Thursday of the day's week. */
function isoWeek(day: Day): readonly [number, number] {
  const thursday = new Day(day.number + 4 - day.weekday());
  const { year } = thursday.parts();
  const first = new Date(0).setUTCFullYear(year, 0, 1) / 86_400_000;
  return [year, Math.floor((thursday.number - first) / 7) + 1];
}

function pad(value: number, size: number): string {
  return String(value).padStart(size, "0");
}

function nameOf(day: Day, period: string): string {
  if (period === "week") {
    const [year, week] = isoWeek(day);
    return `${pad(year, 4)}-W${pad(week, 2)}`;
  }
  const months = monthsOf(period);
  const { year, month } = day.parts();
  const place = Math.floor((month - 1) / months) + 1;
  const names: Readonly<Record<number, string>> = { 1: `-${pad(place, 2)}`, 3: `-Q${place}`, 6: `-H${place}`, 12: "" };
  return `${pad(year, 4)}${names[months] ?? ""}`;
}

function monthsBetween(end: Day, start: Day): number {
  if (end.number < start.number) return -monthsBetween(start, end);
  const [one, other] = [start.parts(), end.parts()];
  return (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day ? 1 : 0);
}

function of4<T extends Value>(kind: abstract new (...parts: never[]) => T, values: readonly Value[]): readonly [T, T] {
  const [start, end, start2, end2] = values.map((value) => of(kind, value));
  if (start === undefined || end === undefined || start2 === undefined || end2 === undefined) return [of(kind, null), of(kind, null)];
  return [compare(start, start2) >= 0 ? start : start2, compare(end, end2) <= 0 ? end : end2];
}

const overlapDays: Run = (values) => {
  const [from, to] = of4(Day, values);
  return decimal(Math.max(0, to.number - from.number + 1));
};

const overlapHours: Run = (values) => {
  const [from, to] = of4(Moment, values);
  return divide(decimal(Math.max(0, Math.floor((to.milliseconds - from.milliseconds) / 1000))), HOUR);
};

const addHours: Run = ([value, size]) => {
  const [moment, hours] = [of(Moment, value), number(size)];
  if (hours.abs().gt(MAX_HOURS)) throw new ExpressionError("bad_hours", { value: plain(hours) });
  const later = moment.milliseconds + roundHalfUp(multiply(hours, HOUR), ZERO).toNumber() * 1000;
  return Moment.within(later);
};

function onDay(pick: (day: Day) => Value): Run {
  return ([value]) => pick(of(Day, value));
}

function onClock(pick: (seconds: number) => number): Run {
  return ([value]) => decimal(pick(of(Clock, value).seconds));
}

const years = (value: Value | undefined): Decimal => multiply(number(value), decimal(12));

export const PERIODS: Readonly<Record<string, Run>> = {
  QUARTER: onDay((day) => decimal(Math.floor((day.parts().month + 2) / 3))),
  WEEKNUM: onDay((day) => decimal(isoWeek(day)[1])),
  WEEKYEAR: onDay((day) => decimal(isoWeek(day)[0])),
  DAYOFYEAR: onDay((day) => decimal(day.number - startOf(day, "year").number + 1)),
  DAYSINMONTH: onDay((day) => decimal(monthEnd(day).parts().day)),
  ISLEAP: onDay((day) => daysIn(day.parts().year, 2) === 29),
  ADDYEARS: ([day, size]) => addMonths(of(Day, day), years(size)),
  EOMONTH: ([day, months]) => monthEnd(addMonths(of(Day, day), number(months))),
  STARTOF: ([day, period]) => startOf(of(Day, day), text(period)),
  ENDOF: ([day, period]) => endOf(of(Day, day), text(period)),
  PERIOD: ([day, period]) => nameOf(of(Day, day), text(period)),
  MONTHSBETWEEN: ([end, start]) => decimal(monthsBetween(of(Day, end), of(Day, start))),
  OVERLAP: overlapDays,
  HOUR: onClock((seconds) => Math.floor(seconds / 3600)),
  MINUTE: onClock((seconds) => Math.floor(seconds / 60) % 60),
  SECOND: onClock((seconds) => seconds % 60),
  CLOCKHOURS: ([start, end]) => divide(decimal((of(Clock, end).seconds - of(Clock, start).seconds + 86_400) % 86_400), HOUR),
  ADDHOURS: addHours,
  OVERLAPHOURS: overlapHours,
};
