/** What the evaluator works on; blank is null, a record is its id or an object with "id". */

import { Clock, Day, Moment } from "./calendar.ts";
import { Decimal, decimal, plain } from "./arithmetic.ts";
import { ExpressionError } from "./errors.ts";
import { itemOf, type Type } from "./types.ts";

export type Row = Readonly<Record<string, unknown>>;
export type Value = null | string | boolean | Decimal | Day | Clock | Moment | Row | readonly Value[];

const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/u;

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRow(value: unknown): value is Row {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !Decimal.isDecimal(value) &&
    !(value instanceof Day) && !(value instanceof Clock) && !(value instanceof Moment)
  );
}

function wrong(value: unknown): ExpressionError {
  return new ExpressionError("wrong_value", { value: String(value) });
}

function cleanNumber(raw: unknown): Value {
  if (Decimal.isDecimal(raw)) return raw;
  if (typeof raw === "string" && NUMBER.test(raw)) return decimal(raw);
  if (typeof raw === "number" && Number.isSafeInteger(raw)) return decimal(raw);
  if (typeof raw === "number") throw new ExpressionError("float_value", { value: String(raw) });
  throw wrong(raw);
}

function cleanScalar(raw: unknown, type: Type): Value {
  if (type === "number") return cleanNumber(raw);
  if (typeof raw === "string") {
    if (type === "date") return Day.parse(raw) ?? fail(raw);
    if (type === "time") return Clock.parse(raw) ?? fail(raw);
    if (type === "datetime") return Moment.parse(raw) ?? fail(raw);
    return raw;
  }
  if (typeof raw === "boolean" || raw instanceof Day || raw instanceof Clock || raw instanceof Moment || isRow(raw)) return raw;
  throw wrong(raw);
}

function fail(raw: unknown): never {
  throw wrong(raw);
}

/** A raw value of a record (JSON: decimals and dates are strings) as the type says; no value of a list type is an empty list. */
export function clean(raw: unknown, type: Type): Value {
  const item = itemOf(type);
  if (raw === null || raw === undefined) return item === null ? null : [];
  if (Array.isArray(raw)) return raw.map((part: unknown) => clean(part, item ?? type));
  return cleanScalar(raw, item ?? type);
}

export function identity(value: Value): Value {
  return isRow(value) ? clean(value["id"], "text") : value;
}

export function number(value: Value | undefined): Decimal {
  if (Decimal.isDecimal(value)) return value;
  throw wrong(value);
}

export function text(value: Value | undefined): string {
  if (typeof value === "string") return value;
  throw wrong(value);
}

export function list(value: Value | undefined): readonly Value[] {
  return value === undefined || value === null ? [] : isList(value) ? value : [value];
}

/** What tells equal values from others, as text. */
export function keyOf(value: Value): string {
  const bare = identity(value);
  if (Decimal.isDecimal(bare)) return `n${plain(bare)}`;
  if (bare instanceof Day) return `d${bare.number}`;
  if (bare instanceof Clock) return `c${bare.seconds}`;
  if (bare instanceof Moment) return `m${bare.milliseconds}`;
  return `${typeof bare}${String(bare)}`;
}

export function equal(one: Value, other: Value): boolean {
  return keyOf(one) === keyOf(other);
}

function compareTexts(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Negative, 0 or positive. Texts are ordered by code point. */
export function compare(one: Value, other: Value): number {
  if (Decimal.isDecimal(one) && Decimal.isDecimal(other)) return one.cmp(other);
  if (typeof one === "string" && typeof other === "string") return compareTexts(one, other);
  if (one instanceof Day && other instanceof Day) return one.number - other.number;
  if (one instanceof Clock && other instanceof Clock) return one.seconds - other.seconds;
  if (one instanceof Moment && other instanceof Moment) return one.milliseconds - other.milliseconds;
  throw wrong(`${String(one)} : ${String(other)}`);
}

/** What is not blank in values and in the lists among them. */
export function flat(values: readonly Value[]): Value[] {
  return values.flatMap((value) => (isList(value) ? flat(value) : value === null ? [] : [value]));
}

/** The text that `&` joins. */
export function textOf(value: Value, zone: string): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (Decimal.isDecimal(value)) return plain(value);
  if (value instanceof Moment) return value.shown(zone);
  if (value instanceof Day || value instanceof Clock) return value.toString();
  const bare = identity(value);
  return typeof bare === "string" ? bare : "None";
}
