/** Lists. Aggregates skip blanks and take single values beside lists. */

import { decimal, type Decimal, divide, sum, whole } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { compare, equal, flat, isList, keyOf, list, number, text, textOf, type Value } from "../values.ts";
import type { Run } from "./run.ts";
import { share } from "./shares.ts";
import { inOrder } from "./sorting.ts";

const MOST_ITEMS = 10_000;
const MOST_WHOLE = 1_000_000_000;

function total(values: readonly Value[]): Decimal {
  return sum(flat(values).map(number));
}

const average: Run = (values) => {
  const size = flat(values).length;
  return size === 0 ? null : divide(total(values), decimal(size));
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
  return total(list(values).filter((_, at) => same(tests[at], wanted)));
};

const distinct: Run = ([values]) => {
  const found = new Map<string, Value>();
  for (const value of flat(list(values))) if (!found.has(keyOf(value))) found.set(keyOf(value), value);
  return [...found.values()];
};

const contains: Run = ([given, part]) => {
  if (part === null || part === undefined || given === null || given === undefined) return null;
  if (typeof given === "string" && typeof part === "string") return given.includes(part);
  return flat(isList(given) ? given : [given]).some((item) => equal(item, part));
};

const rowNumber: Run = (_, env) => {
  if (env.rowNumber === null) throw new ExpressionError("no_row");
  return decimal(env.rowNumber);
};

function sequence(start: Decimal, end: Decimal): Value {
  const [from, to] = [whole(start, "bad_count", -MOST_WHOLE, MOST_WHOLE), whole(end, "bad_count", -MOST_WHOLE, MOST_WHOLE)];
  if (to - from >= MOST_ITEMS) throw new ExpressionError("bad_count", { value: to - from + 1, least: 0, most: MOST_ITEMS });
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => decimal(from + at));
}

const nth: Run = ([values, place]) => {
  if (place === null) return null;
  return list(values)[whole(number(place), "bad_count", 1, MOST_WHOLE) - 1] ?? null;
};

const slice: Run = ([values, start, size]) => {
  if (start === null || size === null) return [];
  const from = whole(number(start), "bad_count", 1, MOST_WHOLE) - 1;
  return list(values).slice(from, from + whole(number(size), "bad_count", 0, MOST_WHOLE));
};

function common(wanted: boolean): Run {
  return ([one, other], env) => {
    const known = new Set(flat(list(other)).map(keyOf));
    return list(distinct([one ?? null], env)).filter((value) => known.has(keyOf(value)) === wanted);
  };
}

export const LISTS: Readonly<Record<string, Run>> = {
  SUM: total,
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
  LIST: (values) => values.flatMap((value) => (isList(value) ? value : [value])),
  SEQUENCE: ([from, to]) => sequence(number(from), number(to)),
  NTH: nth,
  SLICE: slice,
  REVERSE: ([values]) => list(values).toReversed(),
  SORT: ([values, descending]) => inOrder(flat(list(values)), descending === true),
  POSITION: ([values, value]) => decimal(list(values).findIndex((item) => same(item, value)) + 1),
  UNION: ([one, other], env) => distinct([[...list(one), ...list(other)]], env),
  INTERSECT: common(true),
  EXCEPT: common(false),
  COUNTDISTINCT: ([values], env) => decimal(list(distinct([values ?? null], env)).length),
  COUNTBLANK: ([values]) => decimal(list(values).filter((value) => value === null).length),
  ROWNUMBER: rowNumber,
};
