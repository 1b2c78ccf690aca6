/** Lists. Aggregates skip blanks and take single values beside lists. */

import { add, decimal, type Decimal, divide, ZERO } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { compare, equal, flat, isList, keyOf, list, number, text, textOf, type Value } from "../values.ts";
import type { Run } from "./run.ts";
import { share } from "./shares.ts";

function sum(values: readonly Value[]): Decimal {
  return flat(values).map(number).reduce(add, ZERO);
}

const average: Run = (values) => {
  const size = flat(values).length;
  return size === 0 ? null : divide(sum(values), decimal(size));
};

function extreme(wanted: number): Run {
  return (values) => {
    let best: Value = null;
    for (const value of flat(values)) if (best === null || compare(value, best) * wanted > 0) best = value;
    return best;
  };
}

function same(value: Value | undefined, wanted: Value | undefined): boolean {
  return value !== null && value !== undefined && wanted !== null && wanted !== undefined && equal(value, wanted);
}

const sumIf: Run = ([values, conditions, wanted]) => {
  const tests = list(conditions);
  return sum(list(values).filter((_, at) => same(tests[at], wanted)));
};

const distinct: Run = ([values]) => {
  const found = new Map<string, Value>();
  for (const value of flat(list(values))) if (!found.has(keyOf(value))) found.set(keyOf(value), value);
  return [...found.values()];
};

const contains: Run = ([whole, part]) => {
  if (part === null || part === undefined || whole === null || whole === undefined) return null;
  if (typeof whole === "string" && typeof part === "string") return whole.includes(part);
  return flat(isList(whole) ? whole : [whole]).some((item) => equal(item, part));
};

const rowNumber: Run = (_, env) => {
  if (env.rowNumber === null) throw new ExpressionError("no_row");
  return decimal(env.rowNumber);
};

export const LISTS: Readonly<Record<string, Run>> = {
  SUM: sum,
  COUNT: (values) => decimal(flat(values).length),
  AVG: average,
  MIN: extreme(-1),
  MAX: extreme(1),
  SUMIF: sumIf,
  COUNTIF: ([conditions, wanted]) => decimal(list(conditions).filter((condition) => same(condition, wanted)).length),
  DISTINCT: distinct,
  JOIN: ([values, separator], env) =>
    flat(list(values)).map((value) => textOf(value, env.timezone)).join(separator === undefined ? ", " : text(separator)),
  FIRST: ([values]) => flat(list(values))[0] ?? null,
  LAST: ([values]) => flat(list(values)).at(-1) ?? null,
  CONTAINS: contains,
  SHARE: share,
  ROWNUMBER: rowNumber,
};
