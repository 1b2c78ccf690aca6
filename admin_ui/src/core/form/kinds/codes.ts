/** Numbers that prove themselves: identity cards, credit codes, bank cards, barcodes. */
import { narrow } from "../numbers.ts";
import { clientProblem } from "../problem.ts";
import type { FieldMeta, FieldProblem, Json } from "../types.ts";
import type { Kind } from "./kind.ts";
import { isMasked } from "./masked.ts";

const CARD_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CARD_SIGNS = "10X98765432";
const CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** A code without what people put between its signs, in capitals. */
export function bareCode(text: string): string {
  return narrow(text).replace(/[\s-]/g, "").toUpperCase();
}

/** GB 11643-1999: 17 digits with a date of birth in them, and a check sign by ISO 7064 MOD 11-2. */
export function isIdCard(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  const iso = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  const born = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(born.getTime()) || !born.toISOString().startsWith(iso)) return false;
  const sum = CARD_WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return CARD_SIGNS[sum % 11] === text[17];
}

/** GB 32100-2015: 17 signs and a check sign, weights are the powers of 3 modulo 31. */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18 || [...text].some((sign) => !CREDIT_SIGNS.includes(sign))) return false;
  let weight = 1;
  let sum = 0;
  for (const sign of text.slice(0, 17)) {
    sum += CREDIT_SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_SIGNS[(31 - (sum % 31)) % 31] === text[17];
}

/** ISO/IEC 7812-1, annex B. */
export function isLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, sign, place) => {
    const value = Number(sign) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** GS1: 13 digits, the last one checks the others. */
export function isEan13(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  const sum = [...text].reduce((total, sign, place) => total + Number(sign) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** Groups of four from the left: 6222 0000 1111 2222. */
export function inFours(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, "$1 ");
}

function judged(good: boolean, context: string, value: Json): readonly FieldProblem[] {
  return good ? [] : [clientProblem("malformed", { value, context })];
}

function coded(context: string, good: (text: string, meta: FieldMeta) => boolean): Kind {
  return {
    read: (text) => bareCode(text),
    check: (value, meta) => (isMasked(value) ? [] : judged(good(bareCode(String(value)), meta), context, value)),
  };
}

export const idDocument = coded("id_document", (text, meta) => (meta.kind_field || (meta.kind && meta.kind !== "id_card") ? /^[A-Z0-9]{5,20}$/.test(text) : isIdCard(text)));
export const creditCode = coded("credit_code", isCreditCode);
export const bankAccount = coded("bank_account", (text, meta) => /^\d{8,30}$/.test(text) && (meta.luhn !== true || isLuhn(text)));
export const barcode: Kind = {
  read: (text) => text,
  check: (value, meta) => judged(meta.symbology !== "ean13" || isEan13(String(value)), "barcode", value),
};
