/** Dates, times and moments. */

import { type Decimal, decimal, divide, plain, whole } from "../arithmetic.ts";
import { Clock, Day, daysIn, Moment } from "../calendar.ts";
import { ExpressionError } from "../errors.ts";
import { number, type Value } from "../values.ts";
import { of, type Run } from "./run.ts";

const MAX_DAYS = 4_000_000;
const MAX_MONTHS = 120_000;
const HOUR = decimal(3600);

export function addDays(day: Day, days: Decimal): Day {
  return day.plus(whole(days, "bad_days", -MAX_DAYS, MAX_DAYS));
}

export function daysBetween(end: Day, start: Day): Decimal {
  return decimal(end.number - start.number);
}

function wholes(values: readonly Value[]): number[] | null {
  const numbers = values.map(number);
  return numbers.every((value) => value.isInteger()) ? numbers.map((value) => value.toNumber()) : null;
}

const makeDate: Run = (values) => {
  const [year, month, day] = wholes(values) ?? [0, 0, 0];
  const made = Day.of(year ?? 0, month ?? 0, day ?? 0);
  if (made === null) throw new ExpressionError("bad_date", { value: values.map((value) => plain(number(value))).join("-") });
  return made;
};

const makeTime: Run = (values) => {
  const [hour, minute, second] = wholes(values) ?? [-1, 0, 0];
  const made = Clock.of(hour ?? -1, minute ?? 0, second ?? 0);
  if (made === null) throw new ExpressionError("bad_time", { value: values.map((value) => plain(number(value))).join(":") });
  return made;
};

export function addMonths(start: Day, months: Decimal): Day {
  const { year, month, day } = start.parts();
  const count = year * 12 + month - 1 + whole(months, "bad_months", -MAX_MONTHS, MAX_MONTHS);
  const [toYear, toMonth] = [Math.floor(count / 12), count - Math.floor(count / 12) * 12 + 1];
  const made = Day.of(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth)));
  if (made === null) throw new ExpressionError("bad_date", { value: `${start.toString()} + ${plain(months)}` });
  return made;
}

function monthDay(pick: (year: number, month: number) => number): Run {
  return ([value]) => {
    const { year, month } = of(Day, value).parts();
    return Day.of(year, month, pick(year, month));
  };
}

function part(name: "year" | "month" | "day"): Run {
  return ([value]) => decimal(of(Day, value).parts()[name]);
}

const hours: Run = ([end, start]) => {
  const seconds = Math.floor((of(Moment, end).milliseconds - of(Moment, start).milliseconds) / 1000);
  return divide(decimal(seconds), HOUR);
};

export const DATES: Readonly<Record<string, Run>> = {
  TODAY: (_, env) => env.now.day(env.timezone),
  NOW: (_, env) => env.now,
  DATE: makeDate,
  YEAR: part("year"),
  MONTH: part("month"),
  DAY: part("day"),
  WEEKDAY: ([day]) => decimal(of(Day, day).weekday()),
  DAYS: ([end, start]) => daysBetween(of(Day, end), of(Day, start)),
  ADDDAYS: ([day, days]) => addDays(of(Day, day), number(days)),
  ADDMONTHS: ([day, months]) => addMonths(of(Day, day), number(months)),
  MONTHSTART: monthDay(() => 1),
  MONTHEND: monthDay(daysIn),
  MONTHTEXT: ([day]) => of(Day, day).toString().slice(0, 7),
  TIME: makeTime,
  HOUROF: ([clock]) => divide(decimal(of(Clock, clock).seconds), HOUR),
  AT: ([day, clock], env) => Moment.at(of(Day, day), of(Clock, clock), env.timezone),
  DATEOF: ([moment], env) => of(Moment, moment).day(env.timezone),
  TIMEOF: ([moment], env) => of(Moment, moment).clock(env.timezone),
  HOURS: hours,
};
