import type { MySeat } from "../../api/approval.ts";
import type { AccessMap } from "../../core/form/access.ts";
import type { EntityMeta } from "../../core/form/types.ts";

/** At a seat everything is read but what its step lets the person write. */
export function seatAccess(meta: EntityMeta, seat: MySeat | null): AccessMap {
  return { ...Object.fromEntries(meta.fields.map((field) => [field.name, field.access === "hidden" ? ("hidden" as const) : ("read" as const)])), ...seat?.fields };
}

export function seatWrites(seat: MySeat | null): boolean {
  return Object.values(seat?.fields ?? {}).some((access) => access === "write" || access === "required");
}
