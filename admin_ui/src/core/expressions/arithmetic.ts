/**
 * Exact arithmetic, the same as the server's: at most 28 digits before the point and 24 after it, quotients rounded half up
 * (away from zero) at the 12th place.
 */

import { Decimal } from "decimal.js";
import { ExpressionError } from "./errors.ts";

export const DIVISION_SCALE = 12;
export const NUMBER_SCALE = 24;
export const INTEGER_DIGITS = 28;
const MAX_EXPONENT = 99;

// 150 digits hold every sum and product of two numbers exactly, and a quotient far enough past its tie.
const Exact = Decimal.clone({ precision: 150, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -9e15, toExpPos: 9e15 });

export type Rounding = Decimal.Rounding;
export { Decimal };

export function decimal(value: string | number | Decimal): Decimal {
  return new Exact(value);
}

export const ZERO = decimal(0);
export const ONE = decimal(1);
const HUNDREDTH = decimal("0.01");

function overflow(): ExpressionError {
  return new ExpressionError("overflow", { digits: INTEGER_DIGITS });
}

/** An exact result brought within the limits of a number. */
export function settle(value: Decimal): Decimal {
  if (value.isZero()) return ZERO;
  // The exponent of the first digit tells the digits before the point: nothing is computed to know that. Sums call this for each number.
  if (value.e >= INTEGER_DIGITS) throw overflow();
  return value.decimalPlaces() > NUMBER_SCALE ? settle(value.toDecimalPlaces(NUMBER_SCALE, Decimal.ROUND_HALF_UP)) : value;
}

export const add = (one: Decimal, other: Decimal): Decimal => settle(one.plus(other));
/** The sum of many: only what it comes to must be within the limits, so that their order says nothing. */
export const sum = (values: readonly Decimal[]): Decimal => settle(values.reduce((before, value) => before.plus(value), ZERO));
export const subtract = (one: Decimal, other: Decimal): Decimal => settle(one.minus(other));
export const multiply = (one: Decimal, other: Decimal): Decimal => settle(one.times(other));
export const percent = (value: Decimal): Decimal => multiply(value, HUNDREDTH);
export const negate = (value: Decimal): Decimal => (value.isZero() ? ZERO : value.neg());
export const sign = (value: Decimal): Decimal => decimal(value.cmp(ZERO));
export const integer = (value: Decimal): Decimal => settle(value.floor());

export function divide(one: Decimal, other: Decimal): Decimal {
  if (other.isZero()) throw new ExpressionError("division_by_zero");
  return settle(one.div(other).toDecimalPlaces(DIVISION_SCALE, Decimal.ROUND_HALF_UP));
}

/** The quotient, rounded half up once, at so many places. */
export function quotient(one: Decimal, other: Decimal, places: Decimal): Decimal {
  if (other.isZero()) throw new ExpressionError("division_by_zero");
  return roundHalfUp(one.div(other), places);
}

/** How many times one holds the other, cut towards zero. */
export function wholeQuotient(one: Decimal, other: Decimal): Decimal {
  if (other.isZero()) throw new ExpressionError("division_by_zero");
  return settle(one.div(other).toDecimalPlaces(0, Decimal.ROUND_DOWN));
}

/** The square root, rounded half up at 0 to 12 places. */
export function root(value: Decimal, places: Decimal = decimal(DIVISION_SCALE)): Decimal {
  const wanted = whole(places, "bad_places", 0, DIVISION_SCALE);
  if (value.isNegative() && !value.isZero()) throw new ExpressionError("bad_root", { value: plain(value) });
  return settle(value.sqrt().toDecimalPlaces(wanted, Decimal.ROUND_HALF_UP));
}

/** The multiple of a step that is nearest, ties away from zero. */
export function nearestMultiple(value: Decimal, step: Decimal): Decimal {
  return multiply(value.div(positive(step)).toDecimalPlaces(0, Decimal.ROUND_HALF_UP), step);
}

export function power(base: Decimal, exponent: Decimal): Decimal {
  const times = whole(exponent, "bad_exponent", -MAX_EXPONENT, MAX_EXPONENT);
  let result = ONE;
  for (let step = 0; step < Math.abs(times); step += 1) result = multiply(result, base);
  return times < 0 ? divide(ONE, result) : result;
}

/** The remainder, with the sign of the divisor. */
export function modulo(value: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new ExpressionError("division_by_zero");
  const rest = value.mod(divisor);
  return settle(!rest.isZero() && rest.isNegative() !== divisor.isNegative() ? rest.plus(divisor) : rest);
}

export function floor(value: Decimal, step: Decimal = ONE): Decimal {
  return settle(value.minus(modulo(value, positive(step))));
}

export function ceiling(value: Decimal, step: Decimal = ONE): Decimal {
  return settle(value.plus(modulo(value.neg(), positive(step))));
}

function positive(step: Decimal): Decimal {
  if (step.lte(ZERO)) throw new ExpressionError("bad_step", { value: plain(step) });
  return step;
}

/** Rounded to so many places; negative places round tens, hundreds ... */
export function rounded(value: Decimal, places: Decimal, mode: Rounding): Decimal {
  const wanted = whole(places, "bad_places", -INTEGER_DIGITS, NUMBER_SCALE);
  if (wanted >= 0) return settle(value.toDecimalPlaces(wanted, mode));
  const unit = decimal(10).pow(-wanted);
  return settle(value.div(unit).toDecimalPlaces(0, mode).times(unit));
}

export function roundHalfUp(value: Decimal, places: Decimal = ZERO): Decimal {
  return rounded(value, places, Decimal.ROUND_HALF_UP);
}

/** Canonical text: no exponent, no zeros at the end, no sign at zero. */
export function plain(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

/** A whole number within limits. */
export function whole(value: Decimal, code: string, least: number, most: number): number {
  if (!value.isInteger() || value.lt(least) || value.gt(most)) throw new ExpressionError(code, { value: plain(value), least, most });
  return value.toNumber();
}

/** The number, rounded half up, as a count of its last place. */
export function toUnits(value: Decimal, places: number): bigint {
  return BigInt(roundHalfUp(value, decimal(places)).times(decimal(10).pow(places)).toFixed(0));
}

export function fromUnits(units: bigint, places: number): Decimal {
  return settle(decimal(units.toString()).div(decimal(10).pow(places)));
}
