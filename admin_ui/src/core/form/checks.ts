import { kindOf } from "./kinds/index.ts";
import { decimalsOf, scaleOf } from "./numbers.ts";
import { clientProblem } from "./problem.ts";
import type { FieldMeta, FieldProblem, Json } from "./types.ts";
import { isBlank, isNumeric, isTable, isWhole, toNumber } from "./values.ts";

/** The whole length of a number that says none of its own. */
const DIGITS = 18;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

export { clientProblem } from "./problem.ts";

/** What the browser itself can tell of one value, under the same codes as the server. `count` is that of a table's rows. */
export function checkValue(meta: FieldMeta, value: Json, required: boolean, count = 0): FieldProblem[] {
  if (isTable(meta)) {
    return checkCount(required ? Math.max(1, meta.min_rows ?? 0) : (meta.min_rows ?? 0), meta.max_rows, count, "rows");
  }
  if (isBlank(value)) {
    return required && meta.type !== "boolean" ? [clientProblem("required")] : [];
  }
  if (isNumeric(meta)) {
    return checkNumber(meta, value);
  }
  switch (meta.type) {
    case "date":
      return typeof value === "string" && DATE.test(value) && !Number.isNaN(Date.parse(value)) ? [] : [clientProblem("not_a_date", { value })];
    case "time":
      return typeof value === "string" && TIME.test(value) ? [] : [clientProblem("not_a_time", { value })];
    case "text":
    case "long_text":
      return checkText(meta, String(value));
    case "select":
      return checkOption(meta, value);
    case "multi_select":
    case "attachment":
    case "image":
      return Array.isArray(value) ? checkCount(0, meta.max_count, value.length, "items") : [];
    default:
      return [...(typeof value === "string" ? checkText(meta, value) : []), ...(kindOf(meta.type)?.check?.(value, meta) ?? [])];
  }
}

function checkNumber(meta: FieldMeta, value: Json): FieldProblem[] {
  const number = toNumber(value);
  if (number === null || (isWhole(meta) && !number.isInteger())) {
    return [clientProblem("wrong_type", { value })];
  }
  const scale = scaleOf(meta);
  if (decimalsOf(number.toFixed()) > scale) {
    return [clientProblem("too_many_decimals", { limit: scale, value })];
  }
  const digits = meta.digits ?? DIGITS;
  if (number.abs().trunc().toFixed().length + scale > digits) {
    return [clientProblem("number_too_long", { limit: digits - scale, value })];
  }
  const [low, high] = [toNumber(meta.min ?? null), toNumber(meta.max ?? (meta.type === "rating" ? 5 : null))];
  if (low !== null && number.lessThan(low)) {
    return [clientProblem("below_minimum", { limit: low.toFixed(), value })];
  }
  return high !== null && number.greaterThan(high) ? [clientProblem("above_maximum", { limit: high.toFixed(), value })] : [];
}

function checkText(meta: FieldMeta, text: string): FieldProblem[] {
  const length = [...text].length;
  const found: FieldProblem[] = [];
  if (meta.max_length && length > meta.max_length) {
    found.push(clientProblem("too_long", { limit: meta.max_length, length }));
  }
  if (meta.min_length && length < meta.min_length) {
    found.push(clientProblem("too_short", { limit: meta.min_length, length }));
  }
  if (meta.pattern && !matches(meta.pattern, text)) {
    found.push(clientProblem("pattern_mismatch", { pattern: meta.pattern, value: text }));
  }
  return found;
}

/** A pattern that this browser cannot read is left to the server. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function checkOption(meta: FieldMeta, value: Json): FieldProblem[] {
  return !meta.options || meta.options.some((option) => option.value === value) ? [] : [clientProblem("not_an_option", { value })];
}

function checkCount(least: number, most: number | null | undefined, count: number, what: "rows" | "items"): FieldProblem[] {
  if (count < least) {
    return [clientProblem(`too_few_${what}`, { limit: least, count })];
  }
  return most && count > most ? [clientProblem(`too_many_${what}`, { limit: most, count })] : [];
}
