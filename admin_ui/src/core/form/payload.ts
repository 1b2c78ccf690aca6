import type { Content } from "./content.ts";
import type { Flags } from "./access.ts";
import { columnOf } from "./paths.ts";
import type { FieldMeta, Json, Values } from "./types.ts";
import { isBlank, isComputed, isTable, rowsOf, sameValue } from "./values.ts";

type FlagsOf = (meta: FieldMeta, path: string) => Flags;

/** Whether the engine takes this field from this person at all; of a table, whether it takes any of its columns. */
function isTyped(meta: FieldMeta, path: string, flags: FlagsOf): boolean {
  const { visible, readOnly } = flags(meta, path);
  return visible && !isComputed(meta) && (!readOnly || (meta.fields ?? []).some((field) => isTyped(field, `${path}.${field.name}`, flags)));
}

/** Blank is null; a box that must be answered and was left alone says no. */
function sent(meta: FieldMeta, value: Json, path: string, flags: FlagsOf): Json {
  const blank = isBlank(value);
  return blank && meta.type === "boolean" && flags(meta, path).required ? false : blank ? null : value;
}

/** All rows of a list as they are sent, with the rows inside them. */
function rowsToSend(content: Content, list: string, flags: FlagsOf): Json {
  return content.rows(list).map((row) => {
    const id = content.rowId(row);
    const values: Record<string, Json> = id === undefined ? {} : { id };
    for (const field of content.fieldsOf(list)) {
      const path = content.cellOf(row, field.name);
      if (!isTyped(field, columnOf(path), flags)) {
        continue;
      }
      const value = isTable(field) ? rowsToSend(content, path, flags) : sent(field, content.value(path), columnOf(path), flags);
      if (id !== undefined || !isBlank(value)) {
        values[field.name] = value;
      }
    }
    return values;
  });
}

/** Whether rows differ from what was there: other rows, another order, or another value that people type, however deep. */
export function rowsChanged(content: Content, list: string, before: Json | undefined): boolean {
  const [old, rows] = [rowsOf(before), content.rows(list)];
  const fields = content.fieldsOf(list).filter((field) => !isComputed(field));
  const differs = (row: string, was: Values | undefined): boolean =>
    fields.some((field) => {
      const path = content.cellOf(row, field.name);
      return isTable(field) ? rowsChanged(content, path, was?.[field.name]) : !sameValue(was?.[field.name], content.value(path), field);
    });
  return old.length !== rows.length || rows.some((row, index) => (old[index]?.["id"] ?? null) !== (content.rowId(row) ?? null) || differs(row, old[index]));
}

/** What a save sends: for a new record all that was filled in, else only what changed; a changed table goes as a whole. */
export function payloadOf(content: Content, base: Values, isNew: boolean, flags: FlagsOf): Values {
  const values: Record<string, Json> = {};
  for (const field of content.meta.fields) {
    if (!isTyped(field, field.name, flags)) {
      continue;
    }
    if (isTable(field)) {
      if (isNew ? content.rows(field.name).length > 0 : rowsChanged(content, field.name, base[field.name])) {
        values[field.name] = rowsToSend(content, field.name, flags);
      }
      continue;
    }
    const value = sent(field, content.value(field.name), field.name, flags);
    const changed = !sameValue(value, base[field.name], field);
    if (changed || (isNew && value !== null)) {
      values[field.name] = value;
    }
  }
  return values;
}
