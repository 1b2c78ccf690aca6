import { columnOf, outwards } from "./paths.ts";
import type { Access, FieldMeta } from "./types.ts";
import { isComputed } from "./values.ts";

export interface Flags {
  readonly visible: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
}

/** Seen, whole or in part, and not written. */
const READ: ReadonlySet<string> = new Set(["read", "mask"]);

export type AccessMap = Readonly<Record<string, Access>>;

/** The same, asked once for each column: a table of 2,000 rows asks for every cell of it. */
export function flagsIn(access: AccessMap, editable: boolean): (meta: FieldMeta, path: string) => Flags {
  const known = new Map<string, Flags>();
  return (meta, path) => {
    const column = columnOf(path);
    let flags = known.get(column);
    if (flags === undefined) {
      flags = staticFlags(meta, column, access, editable);
      known.set(column, flags);
    }
    return flags;
  };
}

/** What a field allows before any condition is asked: by definition, by permission, by approval step. */
export function staticFlags(meta: FieldMeta, path: string, access: AccessMap, editable: boolean): Flags {
  const column = columnOf(path);
  const named = outwards(column).toReversed().find((one) => access[one] !== undefined);
  const granted = (named === undefined ? undefined : access[named]) ?? meta.access ?? "write";
  const own = access[column] ?? meta.access;
  return {
    visible: granted !== "hidden",
    required: Boolean(meta.required) || own === "required",
    readOnly: !editable || isComputed(meta) || Boolean(meta.read_only) || READ.has(granted) || READ.has(own ?? ""),
  };
}
