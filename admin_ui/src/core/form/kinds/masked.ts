import type { Json } from "../types.ts";

/** A value that was sent masked cannot be judged here. */
export function isMasked(value: Json): boolean {
  return typeof value === "string" && /[*•]/.test(value);
}
