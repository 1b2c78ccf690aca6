import type { EntityMeta, FieldMeta, ViewMeta } from "../../api/meta.ts";
import type { FieldValue, RecordData } from "../../api/types.ts";

/** One column as the list draws it. */
export interface ListColumn {
  field: string;
  title: string;
  type: string;
  width: number;
  scale: number | null;
  total: string | null;
  numeric: boolean;
  sortable: boolean;
  /** Absent for a path through a reference. */
  meta: FieldMeta | null;
}

const NUMERIC = new Set(["integer", "decimal", "money", "percent", "quantity"]);
const WIDTHS: Readonly<Record<string, number>> = {
  integer: 110,
  decimal: 120,
  money: 140,
  percent: 100,
  boolean: 80,
  date: 112,
  time: 90,
  datetime: 160,
  select: 108,
  series: 184,
  long_text: 240,
  rich_text: 240,
  markdown: 240,
  colour: 104,
  rating: 116,
  progress: 150,
  duration: 110,
  period: 96,
  quantity: 130,
  date_range: 220,
  datetime_range: 310,
  time_range: 132,
  local_datetime: 160,
  signature: 110,
  secret: 80,
  id_document: 190,
  credit_code: 196,
  bank_account: 212,
  region: 210,
};
const UNLISTED = new Set(["sub_table"]);

export function isNumeric(type: string): boolean {
  return NUMERIC.has(type);
}

/** All fields that a list can show or filter by: the entity's own, then the system's. */
export function listFields(meta: EntityMeta): FieldMeta[] {
  return [...meta.fields, ...meta.system_fields].filter((field) => !UNLISTED.has(field.type));
}

export function findView(meta: EntityMeta, name: string): ViewMeta | null {
  const bare = name.slice(name.lastIndexOf(".") + 1);
  return meta.views.find((view) => view.name === name || view.name === bare) ?? meta.views.find((view) => view.kind !== "pivot") ?? meta.views[0] ?? null;
}

function columnOf(fields: readonly FieldMeta[], view: ViewMeta | null, path: string): ListColumn | null {
  const meta = fields.find((field) => field.name === path) ?? null;
  const given = view?.columns.find((column) => column.field === path);
  if (meta === null && given === undefined) return null;
  const type = given?.type ?? meta?.type ?? "text";
  return {
    field: path,
    title: given?.title ?? meta?.title ?? path,
    type,
    width: given?.width || WIDTHS[type] || 160,
    scale: given?.scale ?? meta?.scale ?? null,
    total: given?.total || null,
    numeric: isNumeric(type),
    sortable: meta !== null && meta.sortable !== false,
    meta,
  };
}

/** The columns to draw: those chosen, else the view's, else the first eight fields. */
export function listColumns(meta: EntityMeta, view: ViewMeta | null, chosen: readonly string[]): ListColumn[] {
  const fields = listFields(meta);
  const first = view?.columns.map((column) => column.field) ?? fields.slice(0, 8).map((field) => field.name);
  const paths = chosen.length > 0 ? chosen : first;
  return paths.map((path) => columnOf(fields, view, path)).filter((column) => column !== null);
}

/** References on the way to what is drawn: the server sends their labels and the fields behind them. */
export function expansions(columns: readonly ListColumn[]): string[] {
  const heads = columns.flatMap((column) => {
    const dot = column.field.indexOf(".");
    if (dot > 0) return [column.field.slice(0, dot)];
    return column.type === "reference" || column.type === "tree_parent" ? [column.field] : [];
  });
  return [...new Set(heads)];
}

const SYSTEM = new Set(["id", "version", "status", "created_at", "created_by", "updated_at", "updated_by", "owner", "submitted_at", "effective_at"]);

/** A value by the path of its column; system values lie beside `values`. */
export function valueAt(record: RecordData, path: string): FieldValue {
  const value = record.values[path];
  if (value !== undefined || !SYSTEM.has(path)) return value;
  return (record as unknown as Record<string, FieldValue>)[path];
}
