/** The shared cases of tests/conformance/cases/expressions, which Python and both databases run too. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  compileExpression, environment, type Environment, evaluate, ExpressionError, Moment, type Node, type Scope, type Type,
  type Value,
} from "./index.ts";
import { decimal, Decimal } from "./arithmetic.ts";
import { isList, keyOf } from "./values.ts";
import { WorkCalendar } from "./work_calendar.ts";

type Json = Readonly<Record<string, unknown>>;
type Types = Readonly<Record<string, Type>>;

interface Case {
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

interface Topic {
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

const FOLDER = new URL("../../../../tests/conformance/cases/expressions/", import.meta.url);
const TAGS: Readonly<Record<string, Type>> = { decimal: "number", date: "date", time: "time", datetime: "datetime" };
const TOPICS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf-8")) as Topic);

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tagOf(value: unknown): string | undefined {
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

function scopeOf(topic: Topic, body: Case): Scope {
  const shapes: Record<string, Types> = { ...topic.shapes };
  const names: Record<string, Type> = {};
  for (const [name, value] of Object.entries(topic.values ?? {})) names[name] = inferred(name, value, shapes);
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

function environmentOf(topic: Topic, body: Case): Environment {
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

/** A value and a case's spelling of it, as texts that are the same when the values are. */
function shown(value: Value): string {
  if (value === null) return "blank";
  return isList(value) ? value.map(shown).join() : Decimal.isDecimal(value) ? `n${value.toFixed()}` : keyOf(value);
}

function expected(spelling: unknown): string {
  if (spelling === null) return "blank";
  if (Array.isArray(spelling)) return spelling.map(expected).join();
  const tag = tagOf(spelling);
  if (tag === undefined || !isObject(spelling)) return `${typeof spelling}${String(spelling)}`;
  const written = String(spelling[tag]);
  if (tag === "decimal") return `n${decimal(written).toFixed()}`;
  const made = compileExpression("x", { names: { x: TAGS[tag] ?? "text" }, shapes: {}, measures: {}, old: null });
  return "compiled" in made ? shown(evaluate(made.compiled.tree, environment({ values: { x: written } }))) : "";
}

/** What a case gives: its value as text, or the code of its error or first problem. */
function outcomeOf(topic: Topic, body: Case): string {
  const outcome = compileExpression(body.text, scopeOf(topic, body));
  if ("problems" in outcome) return `problem ${outcome.problems[0]?.code ?? ""}`;
  const stored = JSON.parse(JSON.stringify(outcome.compiled.tree)) as Node;
  try {
    return shown(evaluate(stored, environmentOf(topic, body)));
  } catch (error) {
    return `error ${error instanceof ExpressionError ? error.code : String(error)}`;
  }
}

function wanted(body: Case): string {
  if (body.problem !== undefined) return `problem ${body.problem}`;
  return body.error === undefined ? expected(body.result) : `error ${body.error}`;
}

describe.each(TOPICS.map((topic) => [topic.topic, topic] as const))("%s", (_, topic) => {
  it.each(topic.cases.map((body) => [body.name, body] as const))("%s", (_name, body) => {
    expect(outcomeOf(topic, body)).toBe(wanted(body));
  });
});

const TREES = JSON.parse(readFileSync(new URL("trees/trees.json", FOLDER), "utf-8")) as {
  readonly types: Types;
  readonly shapes: Readonly<Record<string, Types>>;
  readonly measures: Scope["measures"];
  readonly old_types: Types;
  readonly trees: readonly { readonly text: string; readonly tree: Node }[];
};

it.each(TREES.trees)("gives the server's tree for $text", ({ text, tree }) => {
  const { types, shapes, measures, old_types } = TREES;

  const outcome = compileExpression(text, { names: types, shapes, measures, old: old_types });

  expect("compiled" in outcome ? outcome.compiled.tree : outcome.problems).toEqual(tree);
});
