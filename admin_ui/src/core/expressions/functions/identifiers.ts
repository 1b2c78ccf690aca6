/** Numbers with a check: identity cards (GB 11643), credit codes (GB 32100), bank cards (Luhn). */

import { decimal } from "../arithmetic.ts";
import { Day } from "../calendar.ts";
import { text, type Value } from "../values.ts";
import { of, type Run } from "./run.ts";

const ID = /^[0-9]{17}[0-9X]$/u;
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = "10X98765432";
const CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const CARD = /^[0-9]{8,30}$/u;

function birthday(written: string): Day | null {
  if (!ID.test(written)) return null;
  const sum = ID_WEIGHTS.reduce((before, weight, at) => before + Number(written.charAt(at)) * weight, 0);
  if (ID_CHECKS.charAt(sum % 11) !== written.charAt(17)) return null;
  return Day.of(Number(written.slice(6, 10)), Number(written.slice(10, 12)), Number(written.slice(12, 14)));
}

function isCreditCode(written: string): boolean {
  const values = [...written].map((sign) => CREDIT_SIGNS.indexOf(sign));
  if (values.length !== 18 || values.includes(-1)) return false;
  let [weight, sum] = [1, 0];
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (sum + (values[17] ?? 0)) % 31 === 0;
}

function isCardNumber(written: string): boolean {
  if (!CARD.test(written)) return false;
  const digits = [...written].toReversed().map((digit, at) => Number(digit) * (1 + (at % 2)));
  return digits.reduce((sum, digit) => sum + Math.floor(digit / 10) + (digit % 10), 0) % 10 === 0;
}

const age: Run = ([birth, on]) => {
  const [one, other] = [of(Day, birth).parts(), of(Day, on).parts()];
  const before = other.month < one.month || (other.month === one.month && other.day < one.day);
  return decimal(other.year - one.year - (before ? 1 : 0));
};

function sex(value: Value | undefined): string | null {
  const written = text(value);
  return birthday(written) === null ? null : Number(written.charAt(16)) % 2 === 1 ? "M" : "F";
}

export const IDENTIFIERS: Readonly<Record<string, Run>> = {
  ISIDCARD: ([value]) => birthday(text(value)) !== null,
  IDBIRTHDAY: ([value]) => birthday(text(value)),
  IDSEX: ([value]) => sex(value),
  ISCREDITCODE: ([value]) => isCreditCode(text(value)),
  LUHN: ([value]) => isCardNumber(text(value)),
  AGE: age,
};
