import type { FieldMeta } from "../../api/meta.ts";
import { isNumeric } from "../table/columns.ts";

export const GRAINS = ["day", "week", "month", "quarter", "year"] as const;
export const FUNCTIONS = ["sum", "avg", "min", "max", "count", "distinct", "median", "stdev", "stdev_population"] as const;
export const TOTALS = ["rows", "columns", "groups"] as const;

export interface Axis {
  field: string;
  by: string | null;
}

export interface Value {
  fn: string;
  field: string;
}

/** What a pivot is made of; null is as the view has it. */
export interface Layout {
  rows: Axis[] | null;
  columns: Axis[] | null;
  values: Value[] | null;
  totals: string[] | null;
  sort: string | null;
}

/** The same with everything said: what is on the page. */
export type Shown = { [Part in keyof Layout]: NonNullable<Layout[Part]> };

export const NO_LAYOUT: Layout = { rows: null, columns: null, values: null, totals: null, sort: null };

export const axisName = (axis: Axis): string => (axis.by === null ? axis.field : `${axis.field}:${axis.by}`);
export const valueName = (value: Value): string => (value.field === "" ? value.fn : `${value.fn}:${value.field}`);

function split(text: string): [string, string | null] {
  const colon = text.indexOf(":");
  return colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
}

function list<T>(params: URLSearchParams, name: string, read: (text: string) => T): T[] | null {
  const text = params.get(name);
  return text === null ? null : text.split(",").filter((part) => part !== "").map(read);
}

function axisOf(text: string): Axis {
  const [field, by] = split(text);
  return { field, by };
}

function valueOf(text: string): Value {
  const [fn, field] = split(text);
  return { fn, field: field ?? "" };
}

export function readLayout(params: URLSearchParams): Layout {
  const values = list(params, "values", valueOf);
  return {
    rows: list(params, "rows", axisOf),
    columns: list(params, "columns", axisOf),
    values: values?.length === 0 ? null : values,
    totals: list(params, "totals", String),
    sort: params.get("sort"),
  };
}

/** Writes a layout beside what else an address says. */
export function writeLayout(params: URLSearchParams, layout: Layout): URLSearchParams {
  const told = {
    rows: layout.rows?.map(axisName).join(","),
    columns: layout.columns?.map(axisName).join(","),
    values: layout.values?.map(valueName).join(","),
    totals: layout.totals?.join(","),
    sort: layout.sort,
  };
  for (const [name, text] of Object.entries(told)) {
    if (text === undefined || text === null) params.delete(name);
    else params.set(name, text);
  }
  return params;
}

const DATED = new Set(["date", "datetime", "local_datetime"]);

export const isDated = (type: string | undefined): boolean => DATED.has(type ?? "");

/** Fields that records can be apart by. */
export function axisFields(fields: readonly FieldMeta[]): FieldMeta[] {
  return fields.filter((field) => field.sortable !== false && field.access !== "mask");
}

/** What can be made of the values of a field. */
export function functionsOf(field: FieldMeta | undefined): readonly string[] {
  if (field === undefined) return FUNCTIONS;
  if (isNumeric(field.type)) return FUNCTIONS;
  return field.operators?.includes("between") ? ["min", "max", "count", "distinct"] : ["count", "distinct"];
}

export type Side = "rows" | "columns";

/** Takes an axis from one place to another, within a side or across. */
export function moved(shown: Shown, from: { side: Side; place: number }, to: { side: Side; place: number }): Shown {
  const chosen = shown[from.side][from.place];
  if (chosen === undefined) return shown;
  const without = { ...shown, [from.side]: shown[from.side].filter((_, place) => place !== from.place) };
  const target = [...without[to.side]];
  target.splice(Math.max(0, Math.min(to.place, target.length)), 0, chosen);
  return { ...without, [to.side]: target };
}
