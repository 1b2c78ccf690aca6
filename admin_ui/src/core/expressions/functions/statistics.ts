/** Figures over lists of numbers; blanks are skipped. */

import { add, type Decimal, decimal, divide, multiply, ONE, plain, root, subtract, sum, whole, ZERO } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { compare, flat, keyOf, list, number, type Value } from "../values.ts";
import type { Run } from "./run.ts";
import { inOrder } from "./sorting.ts";

const MAX_COUNT = 1_000_000;
const [FOUR, SIX] = [decimal(4), decimal(6)];

function numbers(values: Value | undefined): Decimal[] {
  return flat(list(values)).map(number);
}

function paired(one: Value | undefined, other: Value | undefined): (readonly [Decimal, Decimal])[] {
  const [left, right] = [list(one), list(other)];
  if (left.length !== right.length) throw new ExpressionError("bad_lists", { left: left.length, right: right.length });
  return left.flatMap((value, at) => {
    const beside = right[at] ?? null;
    return value === null || beside === null ? [] : [[number(value), number(beside)] as const];
  });
}

function percentile(values: Value | undefined, fraction: Decimal): Decimal | null {
  if (fraction.lt(0) || fraction.gt(1)) throw new ExpressionError("bad_fraction", { value: plain(fraction) });
  const ordered = numbers(values).toSorted((one, other) => one.cmp(other));
  const place = multiply(fraction, decimal(Math.max(0, ordered.length - 1)));
  const below = place.floor().toNumber();
  const low = ordered[below];
  if (low === undefined) return null;
  const high = ordered[below + 1] ?? low;
  return add(low, multiply(subtract(high, low), subtract(place, decimal(below))));
}

function variance(values: Value | undefined, population = false): Decimal | null {
  const found = numbers(values);
  const counted = population ? found.length : found.length - 1;
  if (counted < 1) return null;
  const size = decimal(found.length);
  const all = found.reduce((before, value) => before.plus(value), ZERO);
  const squares = found.reduce((before, value) => before.plus(value.times(value)), ZERO);
  return divide(squares.times(size).minus(all.times(all)), size.times(decimal(counted)));
}

function deviation(values: Value | undefined, population = false): Decimal | null {
  const found = variance(values, population);
  return found === null ? null : root(found);
}

const mostFrequent: Run = ([values]) => {
  const counts = new Map<string, [Value, number]>();
  for (const value of flat(list(values))) {
    const known = counts.get(keyOf(value));
    if (known === undefined) counts.set(keyOf(value), [value, 1]);
    else known[1] += 1;
  }
  let best: readonly [Value, number] = [null, 0];
  for (const one of counts.values()) if (one[1] > best[1]) best = one;
  return best[0];
};

const rank: Run = ([value, values, ascending]) => {
  if (value === null || value === undefined || ascending === null) return null;
  const sign = ascending === true ? -1 : 1;
  return decimal(1 + flat(list(values)).filter((other) => compare(other, value) * sign > 0).length);
};

function placed(descending: boolean): Run {
  return ([values, position]) => {
    if (position === null) return null;
    return inOrder(flat(list(values)), descending)[whole(number(position), "bad_count", 1, MAX_COUNT) - 1] ?? null;
  };
}

const product: Run = (values) => {
  const found = flat(values).map(number);
  return found.length === 0 ? null : found.reduce(multiply, ONE);
};

const sumProduct: Run = ([one, other]) => sum(paired(one, other).map(([a, b]) => multiply(a, b)));

const weighted: Run = ([values, weights]) => {
  const pairs = paired(values, weights);
  const weight = sum(pairs.map(([, one]) => one));
  const total = sum(pairs.map(([value, one]) => multiply(value, one)));
  return weight.isZero() ? null : divide(total, weight);
};

const running: Run = ([values]) => {
  let total = ZERO;
  return list(values).map((value) => {
    if (value !== null) total = add(total, number(value));
    return total;
  });
};

export const STATISTICS: Readonly<Record<string, Run>> = {
  PRODUCT: product,
  MEDIAN: ([values]) => percentile(values, decimal("0.5")),
  PERCENTILE: ([values, fraction]) => (fraction === null ? null : percentile(values, number(fraction))),
  MODE: mostFrequent,
  VARIANCE: ([values]) => variance(values),
  STDEV: ([values]) => deviation(values),
  VARIANCEP: ([values]) => variance(values, true),
  STDEVP: ([values]) => deviation(values, true),
  RANK: rank,
  LARGEST: placed(true),
  SMALLEST: placed(false),
  SUMPRODUCT: sumProduct,
  WEIGHTED: weighted,
  RUNNING: running,
  PERTMEAN: ([least, likely, most]) => divide(add(add(number(least), multiply(FOUR, number(likely))), number(most)), SIX),
  PERTDEVIATION: ([least, most]) => divide(subtract(number(most), number(least)), SIX),
};
