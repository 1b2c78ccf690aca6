/** Splitting a total so that the parts add up to it: largest remainders, ties to the earlier. */

import { type Decimal, decimal, fromUnits, toUnits, whole, ZERO } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { list, number, type Value } from "../values.ts";

const MAX_SCALE = 12;
const WEIGHT_SCALE = 24;

function split(units: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((before, weight) => before + weight, 0n);
  const parts = weights.map((weight) => (units * weight) / sum);
  const rests = weights.map((weight) => (units * weight) % sum);
  const left = units - parts.reduce((before, part) => before + part, 0n);
  const order = [...parts.keys()].toSorted((one, other) => {
    const [first, second] = [rests[one] ?? 0n, rests[other] ?? 0n];
    return first === second ? one - other : first > second ? -1 : 1;
  });
  for (const index of order.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

export function share(values: readonly Value[]): Decimal | null {
  const [total, weights, position, scale] = values;
  if (total === null || position === null || scale === null) return null;
  const places = scale === undefined ? 2 : whole(number(scale), "bad_places", 0, MAX_SCALE);
  const given = list(weights).map((weight) => toUnits(weight === null ? ZERO : number(weight), WEIGHT_SCALE));
  const at = whole(number(position), "bad_position", 1, given.length);
  if (given.some((weight) => weight < 0n) || given.every((weight) => weight === 0n)) throw new ExpressionError("bad_weights");
  const units = toUnits(number(total), places);
  const part = split(units < 0n ? -units : units, given)[at - 1] ?? 0n;
  return decimal(fromUnits(units < 0n ? -part : part, places));
}
