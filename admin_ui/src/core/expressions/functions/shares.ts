/** Splitting a total so that the parts add up to it: largest remainders, ties to the earlier. */

import { type Decimal, decimal, fromUnits, toUnits, whole, ZERO } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { list, number, type Value } from "../values.ts";

const MAX_SCALE = 12;
const WEIGHT_SCALE = 24;

function split(units: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((before, weight) => before + weight, 0n);
  const cut = weights.map((weight) => (units * weight) / sum);
  const rests = weights.map((weight) => (units * weight) % sum);
  const left = units - cut.reduce((before, part) => before + part, 0n);
  const order = [...cut.keys()].toSorted((one, other) => {
    const [first, second] = [rests[one] ?? 0n, rests[other] ?? 0n];
    return first === second ? one - other : first > second ? -1 : 1;
  });
  for (const index of order.slice(0, Number(left))) cut[index] = (cut[index] ?? 0n) + 1n;
  return cut;
}

function parts(total: Value, weights: Value | undefined, places: number): readonly Decimal[] {
  const given = list(weights).map((weight) => toUnits(weight === null ? ZERO : number(weight), WEIGHT_SCALE));
  if (given.some((weight) => weight < 0n) || given.every((weight) => weight === 0n)) throw new ExpressionError("bad_weights");
  const units = toUnits(number(total), places);
  return split(units < 0n ? -units : units, given).map((part) => decimal(fromUnits(units < 0n ? -part : part, places)));
}

function placesOf(scale: Value | undefined): number {
  return scale === undefined ? 2 : whole(number(scale), "bad_places", 0, MAX_SCALE);
}

/** All parts, in the order of the weights. */
export function shares(values: readonly Value[]): readonly Decimal[] {
  const [total = null, weights, scale] = values;
  return total === null || scale === null ? [] : parts(total, weights, placesOf(scale));
}

export function share(values: readonly Value[]): Decimal | null {
  const [total = null, weights, position, scale] = values;
  if (total === null || position === null || scale === null) return null;
  const places = placesOf(scale);
  const at = whole(number(position), "bad_position", 1, list(weights).length);
  return parts(total, weights, places)[at - 1] ?? null;
}
