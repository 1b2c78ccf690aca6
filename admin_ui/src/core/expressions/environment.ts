/** All that one evaluation reads. */

import { Moment } from "./calendar.ts";
import type { Row, Value } from "./values.ts";
import type { WorkCalendar } from "./work_calendar.ts";

export interface Environment {
  /** The record as JSON; sub-tables are arrays of objects, a reference is an id or an object with "id". */
  readonly values: Row;
  /** The current row: its fields come before the record's. */
  readonly row: Row | null;
  /** The sub-table whose name stands for the current row. */
  readonly rowsAs: string | null;
  readonly rowNumber: number | null;
  readonly old: Row | null;
  readonly me: Value;
  readonly initiator: Value;
  readonly roles: ReadonlySet<string>;
  readonly now: Moment;
  /** The IANA name of the zone that decides which day it is. */
  readonly timezone: string;
  readonly fetch: (shape: string, id: string, field: string) => unknown;
  readonly measure: (name: string, dimensions: Readonly<Record<string, Value>>) => unknown;
  readonly lookup: (shape: string, field: string, keys: Readonly<Record<string, Value>>) => unknown;
  /** The calendar of working days that a record holds, null if it holds none. */
  readonly calendar: (id: string) => WorkCalendar | null;
}

const nothing = (): null => null;

export function environment(parts: Partial<Environment> = {}): Environment {
  return {
    values: {}, row: null, rowsAs: null, rowNumber: null, old: null, me: null, initiator: null, roles: new Set(),
    now: new Moment(946_684_800_000), timezone: "UTC", fetch: nothing, measure: nothing, lookup: nothing, calendar: nothing, ...parts,
  };
}
