import { Decimal } from "decimal.js";
import type { FieldMeta, Json, Values } from "./types.ts";

const NUMERIC = new Set(["integer", "decimal", "money", "percent", "quantity", "progress", "rating", "number"]);
const WHOLE = new Set(["integer", "rating"]);
const SHARES = new Set(["percent", "progress"]);
const COMPUTED = new Set(["series", "uuid", "capital_amount", "snapshot", "rollup"]);
const NUMBER_TEXT = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** Exact enough for 38 digits; never the global settings, which belong to nobody. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });

export function isNumeric(meta: FieldMeta): boolean {
  return NUMERIC.has(meta.type) || NUMERIC.has(meta.control);
}

/** A number without a fraction: a JSON number on the wire. */
export function isWhole(meta: FieldMeta): boolean {
  return WHOLE.has(meta.type);
}

/** A fraction that is read as a percentage. */
export function isShare(meta: { readonly type: string }): boolean {
  return SHARES.has(meta.type);
}

export function isTable(meta: FieldMeta): boolean {
  return meta.type === "sub_table";
}

/** What nobody types in: it is computed, looked up or numbered by the engine. */
export function isComputed(meta: FieldMeta): boolean {
  return Boolean(meta.formula) || Boolean(meta.lookup) || COMPUTED.has(meta.type) || meta.control === "formula";
}

export function isBlank(value: Json | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The exact number that a wire value says, or null when it says none. */
export function toNumber(value: Json | undefined): Decimal | null {
  if (typeof value === "number") {
    return new Exact(value);
  }
  return typeof value === "string" && NUMBER_TEXT.test(value) ? new Exact(value) : null;
}

/** Equal for the person who reads: `1.5` is `1.50`, blank is blank. */
export function sameValue(a: Json | undefined, b: Json | undefined, meta?: FieldMeta): boolean {
  if (a === b || (isBlank(a) && isBlank(b))) {
    return true;
  }
  if (meta && isNumeric(meta)) {
    const [left, right] = [toNumber(a), toNumber(b)];
    return left !== null && right !== null && left.equals(right);
  }
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The rows of a sub-table value; anything else has none. */
export function rowsOf(value: Json | undefined): readonly Values[] {
  return Array.isArray(value) ? (value.filter((row) => row !== null && typeof row === "object" && !Array.isArray(row)) as Values[]) : [];
}

/** A field by its dotted path: `total`, `lines.days`. */
export function fieldAt(fields: readonly FieldMeta[], path: string): FieldMeta | undefined {
  const [head, ...rest] = path.split(".");
  const found = fields.find((field) => field.name === head);
  return found === undefined || rest.length === 0 ? found : fieldAt(found.fields ?? [], rest.join("."));
}
