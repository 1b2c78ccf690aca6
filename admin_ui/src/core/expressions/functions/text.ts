/** Text. Positions count code points from 1. */

import { decimal, Decimal, DIVISION_SCALE, ONE, roundHalfUp, settle, whole } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { number, text, textOf, type Value } from "../values.ts";
import type { Run } from "./run.ts";

const MAX_COUNT = 1_000_000;
const EDGES = /^[ \t\r\n\u3000]+|[ \t\r\n\u3000]+$/gu;
export const NUMBER = /^[+-]?[0-9]{1,28}(?:\.[0-9]{1,24})?$/u;

function count(value: Value | undefined, least = 0): number {
  return whole(value === undefined ? ONE : number(value), "bad_count", least, MAX_COUNT);
}

const characters = (value: Value | undefined): string[] => [...text(value)];

const right: Run = ([value, size]) => {
  const all = characters(value);
  return all.slice(Math.max(0, all.length - count(size))).join("");
};

const middle: Run = ([value, start, size]) => {
  const at = count(start, 1) - 1;
  return characters(value).slice(at, at + count(size)).join("");
};

const find: Run = ([part, value]) => {
  const at = text(value).indexOf(text(part));
  return decimal(at < 0 ? 0 : Array.from(text(value).slice(0, at)).length + 1);
};

const asText: Run = ([value, places], env) => {
  if (places === undefined || !Decimal.isDecimal(value)) return textOf(value ?? null, env.timezone);
  const wanted = whole(number(places), "bad_places", 0, DIVISION_SCALE);
  return roundHalfUp(value, number(places)).toFixed(wanted);
};

export const trimmed = (written: string): string => written.replaceAll(EDGES, "");
export const bareNumber = (written: string): string => trimmed(written).replaceAll(",", "");

const asNumber: Run = ([value]) => {
  const bare = bareNumber(text(value));
  if (bare === "") return null;
  if (!NUMBER.test(bare)) throw new ExpressionError("bad_number_text", { value });
  return settle(decimal(bare));
};

export const TEXTS: Readonly<Record<string, Run>> = {
  CONCAT: (values, env) => values.map((value) => textOf(value, env.timezone)).join(""),
  LEN: ([value]) => decimal(characters(value).length),
  LEFT: ([value, size]) => characters(value).slice(0, count(size)).join(""),
  RIGHT: right,
  MID: middle,
  UPPER: ([value]) => text(value).replaceAll(/[a-z]+/gu, (letters) => letters.toUpperCase()),
  LOWER: ([value]) => text(value).replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase()),
  TRIM: ([value]) => trimmed(text(value)),
  FIND: find,
  REPLACE: ([value, part, by]) => (text(part) === "" ? text(value) : text(value).split(text(part)).join(text(by))),
  STARTSWITH: ([value, part]) => text(value).startsWith(text(part)),
  ENDSWITH: ([value, part]) => text(value).endsWith(text(part)),
  TEXT: asText,
  NUMBER: asNumber,
};
