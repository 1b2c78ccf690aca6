import type { FieldMeta } from "../../api/meta.ts";

const TEXT = ["contains", "eq", "ne", "starts_with", "blank", "not_blank"];
const ORDERED = ["eq", "ne", "lt", "le", "gt", "ge", "between", "blank", "not_blank"];
const CHOICE = ["eq", "ne", "in", "not_in", "blank", "not_blank"];
const IDENTITY = ["eq", "ne", "blank", "not_blank"];
const PRESENCE = ["blank", "not_blank"];

/** In the order in which they are offered. */
const DRAWABLE = ["contains", "overlaps", "eq", "ne", "under", "in", "not_in", "starts_with", "lt", "le", "gt", "ge", "between", "blank", "not_blank"];

/** What can be asked of a type where the server names nothing. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  text: TEXT,
  long_text: TEXT,
  series: TEXT,
  integer: ORDERED,
  decimal: ORDERED,
  money: ORDERED,
  percent: ORDERED,
  date: ORDERED,
  time: ORDERED,
  datetime: ORDERED,
  boolean: ["eq", "blank", "not_blank"],
  select: CHOICE,
  multi_select: ["contains", "blank", "not_blank"],
  attachment: PRESENCE,
  image: PRESENCE,
};

/** Types of which several values can be named at once. */
const LISTED = new Set(["user", "department", "reference", "tree_parent"]);
export const SPANS: Readonly<Record<string, string>> = { date_range: "date", datetime_range: "datetime", time_range: "time" };

/** What can be asked of a field: what the server names, as far as it can be drawn. */
export function operatorsOf(field: FieldMeta): readonly string[] {
  const offered = field.operators ?? [];
  if (offered.length === 0) return BY_TYPE[field.type] ?? IDENTITY;
  const lists = Boolean(field.options) || LISTED.has(field.type);
  return DRAWABLE.filter((op) => offered.includes(op) && (lists || (op !== "in" && op !== "not_in")));
}

/** The key of an operator's words: of a range and of a tree of regions it says something of its own. */
export function operatorWord(field: FieldMeta | undefined, op: string): string {
  if (op === "contains" && SPANS[field?.type ?? ""] !== undefined) return "op.contains_point";
  return op === "starts_with" && field?.type === "region" ? "op.within" : `op.${op}`;
}
