/** Numbers. */

import {
  ceiling, decimal, Decimal, floor, integer, modulo, ONE, power, rounded, type Rounding, sign, ZERO,
} from "../arithmetic.ts";
import { number } from "../values.ts";
import { capitals } from "./capitals.ts";
import type { Run } from "./run.ts";

function rounding(mode: Rounding): Run {
  return ([value, places]) => rounded(number(value), places === undefined ? ZERO : number(places), mode);
}

function stepping(run: (value: Decimal, step: Decimal) => Decimal): Run {
  return ([value, step]) => run(number(value), step === undefined ? ONE : number(step));
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
  CAPITALS: ([amount]) => capitals(number(amount)),
};
