/** Where somebody is reached: addresses of the web, mail, telephones; and colours, which are as short. */
import { narrow } from "../numbers.ts";
import { clientProblem } from "../problem.ts";
import type { FieldMeta } from "../types.ts";
import { isMasked } from "./masked.ts";
import type { Kind } from "./kind.ts";

/** The address as a link may lead to it: only to the web, never a script; null when it is none. */
export function safeLink(text: string): string | null {
  try {
    const address = new URL(text.trim());
    return ["http:", "https:"].includes(address.protocol) && address.hostname !== "" ? address.href : null;
  } catch {
    return null;
  }
}

export const url: Kind = { check: (value) => (safeLink(String(value)) === null ? [clientProblem("malformed", { value, context: "url" })] : []) };

const MAIL = /^[^\s@<>()[\],;:"\\]+@[^\s@.]+(\.[^\s@.]+)+$/;
export const email: Kind = {
  read: (text) => narrow(text),
  check: (value) => (MAIL.test(String(value)) || isMasked(value) ? [] : [clientProblem("malformed", { value, context: "email" })]),
};

/** Digits, with a plus where a country stands before them. */
export function barePhone(text: string): string {
  return narrow(text).replace(/[\s()./-]/g, "").replace(/^00(?=[1-9])/, "+");
}

const MOBILE = /^(\+?86)?1[3-9]\d{9}$/;
const LANDLINE = /^((\+?86)?0?\d{2,3}\d{7,8}|(\+?86)?[48]00\d{7})(转?\d{1,6}|[,;x]\d{1,6})?$/i;

function isPhone(text: string, meta: FieldMeta): boolean {
  const bare = barePhone(text);
  if (bare.startsWith("+") && !bare.startsWith("+86")) return /^\+\d{6,15}$/.test(bare);
  if ((meta.country ?? "CN") !== "CN") return /^\+?\d{5,15}$/.test(bare);
  if (meta.kind === "mobile") return MOBILE.test(bare);
  return (meta.kind !== "landline" && MOBILE.test(bare)) || LANDLINE.test(bare);
}

export const phone: Kind = {
  read: (text) => barePhone(text),
  check: (value, meta) => (isMasked(value) || isPhone(String(value), meta) ? [] : [clientProblem("malformed", { value, context: "phone" })]),
};

/** A telephone as it is read out: 138 0013 8000, 010 8888 6666, +44 20 7946 0958 as it stands. */
export function formatPhone(value: string): string {
  const bare = barePhone(value);
  const home = bare.replace(/^\+86/, "");
  if (/^1[3-9]\d{9}$/.test(home)) return home.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3");
  const land = /^0?(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})(.*)$/.exec(home);
  return bare.startsWith("+86") && land ? `0${land[1]} ${land[2]} ${land[3]}${land[4] ? ` ${land[4]}` : ""}` : value;
}

/** `#RGB`, `rrggbb` and their like as #rrggbb; null when it is no colour. */
export function colourOf(text: string): string | null {
  const bare = narrow(text).trim().replace(/^#/, "").toLowerCase();
  if (/^[0-9a-f]{6}$/.test(bare)) return `#${bare}`;
  return /^[0-9a-f]{3}$/.test(bare) ? `#${[...bare].map((sign) => sign + sign).join("")}` : null;
}

export const colour: Kind = {
  read: (text) => colourOf(text),
  check: (value) => (typeof value === "string" && /^#[0-9a-f]{6}$/.test(value) ? [] : [clientProblem("malformed", { value, context: "colour" })]),
};
