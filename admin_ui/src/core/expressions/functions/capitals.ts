/** Amounts in Chinese capital numerals. */

import { type Decimal, plain, toUnits } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";

const DIGITS = [..."零壹贰叁肆伍陆柒捌玖"];
const UNITS: readonly (readonly [bigint, string])[] = [
  [100_000_000n, "亿"], [10_000n, "万"], [1000n, "仟"], [100n, "佰"], [10n, "拾"],
];
const LIMIT = 10n ** 16n;

function digit(value: bigint): string {
  return DIGITS[Number(value)] ?? "";
}

function read(value: bigint): string {
  for (const [unit, name] of UNITS) {
    if (value >= unit) {
      const [high, low] = [value / unit, value % unit];
      const gap = low > 0n && low < unit / 10n ? digit(0n) : "";
      return read(high) + name + gap + (low > 0n ? read(low) : "");
    }
  }
  return digit(value);
}

function fraction(hundredths: bigint, afterWhole: boolean): string {
  if (hundredths === 0n) return "整";
  const [tenths, rest] = [hundredths / 10n, hundredths % 10n];
  const start = tenths > 0n ? `${digit(tenths)}角` : afterWhole ? digit(0n) : "";
  return start + (rest > 0n ? `${digit(rest)}分` : "");
}

export function capitals(amount: Decimal): string {
  const units = toUnits(amount, 2);
  const size = units < 0n ? -units : units;
  const [whole, hundredths] = [size / 100n, size % 100n];
  if (whole >= LIMIT) throw new ExpressionError("amount_too_large", { value: plain(amount) });
  const start = whole > 0n || hundredths === 0n ? `${read(whole)}元` : "";
  return (units < 0n ? "负" : "") + start + fraction(hundredths, start !== "");
}
