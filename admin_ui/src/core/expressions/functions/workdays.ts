/** Working days after a calendar that a record holds. */

import { decimal, whole } from "../arithmetic.ts";
import { Day } from "../calendar.ts";
import type { Environment } from "../environment.ts";
import { ExpressionError } from "../errors.ts";
import { identity, number, type Value } from "../values.ts";
import type { WorkCalendar } from "../work_calendar.ts";
import { of, type Run } from "./run.ts";

const MAX_DAYS = 40_000;

function calendarOf(value: Value | undefined, env: Environment): WorkCalendar {
  const key = String(identity(value ?? null));
  const found = env.calendar(key);
  if (found === null) throw new ExpressionError("unknown_calendar", { name: key });
  return found;
}

function counted(value: Value | undefined, least: number): number {
  return whole(number(value), "bad_days", least, MAX_DAYS);
}

export const WORKDAYS: Readonly<Record<string, Run>> = {
  WORKDAYS: ([start, end, calendar], env) => decimal(calendarOf(calendar, env).count(of(Day, start), of(Day, end))),
  ADDWORKDAYS: ([start, days, calendar], env) => calendarOf(calendar, env).add(of(Day, start), counted(days, -MAX_DAYS)),
  WORKEND: ([start, days, calendar], env) => {
    const known = calendarOf(calendar, env);
    return known.add(known.next(of(Day, start)), counted(days, 1) - 1);
  },
  ISWORKDAY: ([day, calendar], env) => calendarOf(calendar, env).works(of(Day, day)),
  NEXTWORKDAY: ([day, calendar], env) => calendarOf(calendar, env).next(of(Day, day)),
  PREVWORKDAY: ([day, calendar], env) => calendarOf(calendar, env).next(of(Day, day), -1),
};
