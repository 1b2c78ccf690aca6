import type { FieldMeta } from "../../api/meta.ts";

const TEXT = ["contains", "eq", "ne", "starts_with", "blank", "not_blank"];
const ORDERED = ["eq", "ne", "lt", "le", "gt", "ge", "between", "blank", "not_blank"];
const CHOICE = ["eq", "ne", "in", "not_in", "blank", "not_blank"];
const IDENTITY = ["eq", "ne", "blank", "not_blank"];

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
  attachment: ["blank", "not_blank"],
  image: ["blank", "not_blank"],
};

/** What can be asked of a field: what the server names, as far as it can be drawn. */
export function operatorsOf(field: FieldMeta): readonly string[] {
  const drawable = field.options ? CHOICE.concat("contains") : (BY_TYPE[field.type] ?? IDENTITY);
  const offered = field.operators ?? [];
  if (offered.length === 0) return BY_TYPE[field.type] ?? IDENTITY;
  return drawable.filter((op) => offered.includes(op));
}
