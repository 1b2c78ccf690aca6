import type { Decimal } from "decimal.js";
import { groupThousands } from "../formats/number.ts";
import type { FieldMeta, Json } from "./types.ts";
import { Exact, isShare, isWhole, toNumber } from "./values.ts";

const PLAIN = /^-?(\d+\.?\d*|\.\d+)$/;
const WIDE = /[\uff01-\uff5e]/g;

/** Full-width characters of a Chinese keyboard as the plain ones. */
export function narrow(text: string): string {
  return text.replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll("\u3000", " ").replaceAll("。", ".");
}

/** The canonical text of an exact number: no exponent, no superfluous zeros in front, the digits that were typed behind. */
export function plain(number: Decimal): string {
  return number.toFixed();
}

/**
 * What a person typed or pasted as a number, exactly, as it travels; null when it is none. Accepts thousands separators,
 * full-width digits, currency signs, `(1,234)` for a negative and, for a percentage, `15` and `15%`.
 */
export function parseNumber(typed: string, percent = false): string | null {
  let text = narrow(typed).trim().replace(/[,，\s_￥¥$]/g, "").replace(/^\+/, "").replace("−", "-");
  const bracketed = /^\((.+)\)$/.exec(text);
  text = bracketed ? `-${bracketed[1] ?? ""}` : text;
  const share = text.endsWith("%");
  text = share ? text.slice(0, -1) : text;
  if (!PLAIN.test(text)) {
    return null;
  }
  const number = new Exact(text);
  return plain(percent || share ? number.div(100) : number);
}

export function decimalsOf(text: string): number {
  return text.split(".")[1]?.replace(/0+$/, "").length ?? 0;
}

/** How a number field is read: thousands, its own digits behind the point, percentages with their sign. */
export function formatNumber(meta: FieldMeta, value: Json): string {
  const number = toNumber(value);
  if (number === null) {
    return typeof value === "string" ? value : "";
  }
  if (isShare(meta)) {
    return `${groupThousands(plain(number.times(100)))}%`;
  }
  const digits = isWhole(meta) ? 0 : Math.max(scaleOf(meta), number.decimalPlaces());
  return groupThousands(number.toFixed(digits));
}

/** How a number stands in its box while it is being typed: no separators, no sign of percent. */
export function editNumber(meta: FieldMeta, value: Json): string {
  const number = toNumber(value);
  if (number === null) {
    return typeof value === "string" ? value : "";
  }
  return plain(isShare(meta) ? number.times(100) : number);
}

export function scaleOf(meta: FieldMeta): number {
  return meta.scale ?? (isShare(meta) ? 4 : isWhole(meta) ? 0 : 2);
}

/** The value that travels for a typed number: whole numbers are JSON numbers, all others text; what is no number stays as typed. */
export function numberToWire(meta: FieldMeta, typed: string): Json {
  if (typed.trim() === "") {
    return null;
  }
  const parsed = parseNumber(typed, isShare(meta));
  if (parsed === null) {
    return typed;
  }
  const whole = Number(parsed);
  return isWhole(meta) && Number.isSafeInteger(whole) ? whole : parsed;
}
