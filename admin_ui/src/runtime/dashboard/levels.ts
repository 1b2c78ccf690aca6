import type { Level } from "../../api/figures.ts";
import { compareDecimals } from "../../core/formats/number.ts";

/** The highest level whose lower bound a value has reached; null below all, or when there is no value. */
export function levelOf(levels: readonly Level[] | null | undefined, value: string | null): Level | null {
  if (value === null) return null;
  const reached = (levels ?? []).filter((level) => compareDecimals(value, level.from) >= 0);
  return reached.reduce<Level | null>((best, level) => (best === null || compareDecimals(level.from, best.from) > 0 ? level : best), null);
}
