/** Calendars of working days: data with years, never a guess. */

import { Day } from "./calendar.ts";
import { ExpressionError } from "./errors.ts";

export class WorkCalendar {
  readonly name: string;
  private readonly week: ReadonlySet<number>;
  private readonly exceptions: ReadonlyMap<number, boolean>;
  private readonly years: readonly [number, number];

  /** `week`: the working days of the week, 1 is Monday; `exceptions`: ISO dates that differ, true for worked. */
  constructor(name: string, week: readonly number[], exceptions: Readonly<Record<string, boolean>>, years: readonly [number, number]) {
    this.name = name;
    this.week = new Set(week);
    this.exceptions = new Map(Object.entries(exceptions).map(([day, works]) => [Day.parse(day)?.number ?? 0, works]));
    this.years = years;
  }

  works(day: Day): boolean {
    this.cover(day);
    return this.exceptions.get(day.number) ?? this.week.has(day.weekday());
  }

  /** Working days from start to end, both included. */
  count(start: Day, end: Day): number {
    this.cover(start);
    this.cover(end);
    let found = 0;
    for (let day = start.number; day <= end.number; day += 1) if (this.works(new Day(day))) found += 1;
    return found;
  }

  /** The working day that is so many after (before, if negative) a day that is not counted; 0 is the day itself. */
  add(start: Day, days: number): Day {
    const step = days > 0 ? 1 : -1;
    let day = start;
    for (let left = Math.abs(days); left > 0; left -= 1) day = this.next(day.plus(step), step);
    return day;
  }

  /** The first working day from a day on, the day included. */
  next(start: Day, step = 1): Day {
    let day = start;
    while (!this.works(day)) day = day.plus(step);
    return day;
  }

  private cover(day: Day): void {
    const { year } = day.parts();
    const [first, last] = this.years;
    if (year < first || year > last) throw new ExpressionError("calendar_year_missing", { name: this.name, year, first, last });
  }
}
