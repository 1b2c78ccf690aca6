import type { Content } from "./content.ts";
import type { Flags } from "./access.ts";
import { cellPath } from "./paths.ts";
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

function rowsToSend(content: Content, table: FieldMeta, flags: FlagsOf): Json {
  return content.rows(table.name).map((row) => {
    const id = content.rowId(row);
    const values: Record<string, Json> = id === undefined ? {} : { id };
    for (const field of table.fields ?? []) {
      const path = `${table.name}.${field.name}`;
      const value = sent(field, content.value(cellPath(table.name, row, field.name)), path, flags);
      if (isTyped(field, path, flags) && (id !== undefined || value !== null)) {
        values[field.name] = value;
      }
    }
    return values;
  });
}

/** Whether a table's rows differ from what was there: other rows, another order, or another value that people type. */
export function tableChanged(content: Content, table: FieldMeta, before: Json | undefined): boolean {
  const [old, rows] = [rowsOf(before), content.rows(table.name)];
  return (
    old.length !== rows.length ||
    rows.some((row, index) => {
      const was = old[index];
      return (was?.["id"] ?? null) !== (content.rowId(row) ?? null) || (table.fields ?? []).some((field) => !isComputed(field) && !sameValue(was?.[field.name], content.value(cellPath(table.name, row, field.name)), field));
    })
  );
}

/** What a save sends: for a new record all that was filled in, else only what changed; a changed table goes as a whole. */
export function payloadOf(content: Content, base: Values, isNew: boolean, flags: FlagsOf): Values {
  const values: Record<string, Json> = {};
  for (const field of content.meta.fields) {
    if (!isTyped(field, field.name, flags)) {
      continue;
    }
    if (isTable(field)) {
      if (isNew ? content.rows(field.name).length > 0 : tableChanged(content, field, base[field.name])) {
        values[field.name] = rowsToSend(content, field, flags);
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
