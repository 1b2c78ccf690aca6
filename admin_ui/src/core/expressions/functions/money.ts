/** Rates and amounts: what a gross contains, interest, progressive bands, present values. */

import {
  add, type Decimal, decimal, DIVISION_SCALE, divide, multiply, ONE, power, quotient, roundHalfUp, subtract, whole, ZERO,
} from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { list, number, text, type Value } from "../values.ts";
import { capitals } from "./capitals.ts";
import type { Run } from "./run.ts";
import { shares } from "./shares.ts";

const CENTS = decimal(2);
const YEAR = decimal(365);

const or = (value: Value | undefined, otherwise: Decimal): Decimal => (value === undefined ? otherwise : number(value));

function netOf(gross: Value | undefined, rate: Value | undefined, places: Value | undefined): Decimal {
  return quotient(number(gross), add(ONE, number(rate)), or(places, CENTS));
}

const interest: Run = ([principal, rate, days, basis, places]) =>
  quotient(multiply(multiply(number(principal), number(rate)), number(days)), or(basis, YEAR), or(places, CENTS));

const presentValue: Run = ([rate, values]) => {
  if (rate === null) return null;
  const growth = add(ONE, number(rate));
  let total = ZERO;
  for (const [at, value] of list(values).entries()) {
    if (value !== null) total = add(total, divide(number(value), power(growth, decimal(at + 1))));
  }
  return total;
};

function limits(floors: Value | undefined, values: Value | undefined): readonly Decimal[] {
  const [given, count] = [list(floors), list(values).length];
  const known = given.filter((floor) => floor !== null).map(number);
  const ascending = known.every((floor, at) => at === 0 || floor.gt(known[at - 1] ?? floor));
  if (known.length === 0 || !ascending || known.length !== given.length || known.length !== count) {
    throw new ExpressionError("bad_bands", { limits: given.length, values: count });
  }
  return known;
}

const band: Run = ([value, floors, rates]) => {
  const known = limits(floors, rates);
  if (value === null || value === undefined || list(rates).includes(null)) return null;
  const amount = number(value);
  let total = ZERO;
  for (const [at, floor] of known.entries()) {
    const next = known[at + 1];
    const top = next !== undefined && next.lt(amount) ? next : amount;
    if (amount.gt(floor)) total = add(total, multiply(subtract(top, floor), number(list(rates)[at])));
  }
  return total;
};

const tier: Run = ([value, floors, values]) => {
  const known = limits(floors, values);
  if (value === null || value === undefined) return null;
  const amount = number(value);
  return list(values)[known.filter((floor) => floor.lte(amount)).length - 1] ?? null;
};

const grouped: Run = ([value, places, separator]) => {
  const wanted = whole(or(places, CENTS), "bad_places", 0, DIVISION_SCALE);
  const [integer = "", fraction] = roundHalfUp(number(value), decimal(wanted)).toFixed(wanted).split(".");
  const thousands = integer.replaceAll(/\B(?=(?:[0-9]{3})+$)/gu, () => (separator === undefined ? "," : text(separator)));
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
};

export const MONEY: Readonly<Record<string, Run>> = {
  NETOF: ([gross, rate, places]) => netOf(gross, rate, places),
  INCLUDED: ([gross, rate, places]) => subtract(number(gross), netOf(gross, rate, places)),
  GROSSOF: ([net, rate, places]) => roundHalfUp(multiply(number(net), add(ONE, number(rate))), or(places, CENTS)),
  INTEREST: interest,
  NPV: presentValue,
  BAND: band,
  TIER: tier,
  SHARES: shares,
  FORMATNUMBER: grouped,
  CAPITALS: ([amount]) => capitals(number(amount)),
};
