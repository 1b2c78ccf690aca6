/** Numbers. */

import {
  ceiling, decimal, Decimal, divide, floor, integer, modulo, nearestMultiple, ONE, plain, power, root, rounded, type Rounding, sign,
  wholeQuotient, ZERO,
} from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { number } from "../values.ts";
import type { Run } from "./run.ts";
import { distance } from "./sphere.ts";

function rounding(mode: Rounding): Run {
  return ([value, places]) => rounded(number(value), places === undefined ? ZERO : number(places), mode);
}

function stepping(run: (value: Decimal, step: Decimal) => Decimal): Run {
  return ([value, step]) => run(number(value), step === undefined ? ONE : number(step));
}

function clamp(value: Decimal, least: Decimal, most: Decimal): Decimal {
  if (least.gt(most)) throw new ExpressionError("bad_limits", { least: plain(least), most: plain(most) });
  return value.lt(least) ? least : value.gt(most) ? most : value;
}

export const NUMBERS: Readonly<Record<string, Run>> = {
  ROUND: rounding(Decimal.ROUND_HALF_UP),
  ROUNDUP: rounding(Decimal.ROUND_UP),
  ROUNDDOWN: rounding(Decimal.ROUND_DOWN),
  ABS: ([value]) => decimal(number(value).abs()),
  INT: ([value]) => integer(number(value)),
  MOD: ([value, divisor]) => modulo(number(value), number(divisor)),
  POWER: ([base, exponent]) => power(number(base), number(exponent)),
  SIGN: ([value]) => sign(number(value)),
  FLOOR: stepping(floor),
  CEILING: stepping(ceiling),
  SQRT: ([value, places]) => root(number(value), places === undefined ? undefined : number(places)),
  QUOTIENT: ([value, divisor]) => wholeQuotient(number(value), number(divisor)),
  ROUNDTO: ([value, step]) => nearestMultiple(number(value), number(step)),
  CLAMP: ([value, least, most]) => clamp(number(value), number(least), number(most)),
  RATIO: ([part, whole]) => (number(whole).isZero() ? null : divide(number(part), number(whole))),
  DISTANCE: distance,
};
