/** How the shared cases of the expression language are spelled: scopes, environments and values from their JSON. */

import { environment, type Environment } from "../environment.ts";
import { Moment } from "../calendar.ts";
import type { Scope, Type } from "../types.ts";
import { WorkCalendar } from "../work_calendar.ts";
import type { Value } from "../values.ts";

export type Json = Readonly<Record<string, unknown>>;
type Types = Readonly<Record<string, Type>>;

export interface Case {
  readonly name: string;
  readonly text: string;
  readonly row?: Json;
  readonly rows_as?: string;
  readonly row_number?: number;
  readonly now?: string;
  readonly result?: unknown;
  readonly error?: string;
  readonly problem?: string;
}

export interface Topic {
  readonly topic: string;
  readonly types?: Readonly<Record<string, Type | { readonly rows: Types }>>;
  readonly values?: Json;
  readonly shapes?: Readonly<Record<string, Types>>;
  readonly records?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly old?: Json;
  readonly old_types?: Types;
  readonly measures?: Readonly<Record<string, { readonly dimensions: Types; readonly entries: readonly Json[] }>>;
  readonly people?: { readonly me: string; readonly initiator: string; readonly roles: readonly string[] };
  readonly calendars?: Readonly<Record<string, CalendarSpelling>>;
  readonly cases: readonly Case[];
}

interface CalendarSpelling {
  readonly name: string;
  readonly week: readonly number[];
  readonly exceptions: Readonly<Record<string, boolean>>;
  readonly years: readonly [number, number];
}

export const TAGS: Readonly<Record<string, Type>> = { decimal: "number", date: "date", time: "time", datetime: "datetime" };

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function tagOf(value: unknown): string | undefined {
  const [tag, ...more] = isObject(value) ? Object.keys(value) : [];
  return tag !== undefined && more.length === 0 && tag in TAGS ? tag : undefined;
}

/** The value as a record's JSON has it: decimals and dates are plain strings there. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value;
  const tag = tagOf(value);
  return tag === undefined ? bareRow(value) : value[tag];
}

function bareRow(row: Json): Json {
  return Object.fromEntries(Object.entries(row).map(([key, member]) => [key, bare(member)]));
}

function inferred(name: string, value: unknown, shapes: Record<string, Types>): Type {
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    if (!isObject(first) || tagOf(first) !== undefined) return { list: inferred(name, first, shapes) };
    shapes[`record/${name}`] = Object.fromEntries(
      Object.entries(first).map(([key, member]) => [key, inferred(key, member, shapes)]),
    );
    return { list: { record: `record/${name}` } };
  }
  const tag = tagOf(value);
  return typeof value === "boolean" ? "boolean" : tag === undefined ? "text" : (TAGS[tag] ?? "text");
}

export function scopeOf(topic: Topic, body: Case): Scope {
  const shapes: Record<string, Types> = { ...topic.shapes };
  const names: Record<string, Type> = {};
  for (const [name, value] of Object.entries(topic.values ?? {})) {
    if (topic.types?.[name] === undefined) names[name] = inferred(name, value, shapes);
  }
  for (const [name, type] of Object.entries(topic.types ?? {})) {
    if (typeof type === "object" && "rows" in type) {
      shapes[`record/${name}`] = type.rows;
      names[name] = { list: { record: `record/${name}` } };
    } else {
      names[name] = type;
    }
  }
  if (body.rows_as !== undefined) names[body.rows_as] = { record: `record/${body.rows_as}` };
  const calendars = topic.calendars === undefined ? [] : ["calendar"];
  for (const key of calendars) shapes[key] = {};
  return { names, shapes, measures: topic.measures ?? {}, old: topic.old_types ?? null, calendars };
}

/** Whether a record of the case has the values that were asked for; texts on both sides. */
function matches(record: Json, keys: Readonly<Record<string, Value>>): boolean {
  return Object.entries(keys).every(([name, value]) => String(bare(record[name])) === String(value));
}

function calendarOf(known: CalendarSpelling | undefined): WorkCalendar | null {
  return known === undefined ? null : new WorkCalendar(known.name, known.week, known.exceptions, known.years);
}

export function environmentOf(topic: Topic, body: Case): Environment {
  return environment({
    values: bareRow(topic.values ?? {}),
    row: body.row === undefined ? null : bareRow(body.row),
    rowsAs: body.rows_as ?? null,
    rowNumber: body.row_number ?? null,
    old: topic.old === undefined ? null : bareRow(topic.old),
    me: topic.people?.me ?? null,
    initiator: topic.people?.initiator ?? null,
    roles: new Set(topic.people?.roles),
    now: Moment.parse(body.now ?? "2026-01-31T08:30:00+08:00") ?? new Moment(0),
    timezone: "Asia/Shanghai",
    fetch: (shape, id, field) => bare(topic.records?.[shape]?.[id]?.[field]),
    measure: (name, keys) => bare(topic.measures?.[name]?.entries.find((entry) => matches(entry, keys))?.["value"]),
    calendar: (id) => calendarOf(topic.calendars?.[id]),
    lookup: (shape, field, keys) =>
      bare(Object.values(topic.records?.[shape] ?? {}).find((record) => matches(record, keys))?.[field]),
  });
}
