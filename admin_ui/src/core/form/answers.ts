import type { Cells } from "./cells.ts";
import type { Content } from "./content.ts";
import { columnOf, placeOf, type RowKeys } from "./paths.ts";
import { Changes } from "./recompute.ts";
import { labelIn } from "./references.ts";
import type { FieldMeta, Json, Labels, Values } from "./types.ts";
import { isTable, rowsOf } from "./values.ts";

/** Put what the server worked out into the cells that only it can fill; returns what changed by that. */
export function takeAnswers(content: Content, cells: Cells, wanted: ReadonlySet<string>, values: Values, labels: Labels, keys: RowKeys): Changes {
  const changes = new Changes();
  const accept = (path: string, meta: FieldMeta, value: Json): void => {
    const column = columnOf(path);
    if (wanted.has(column)) {
      content.write(path, meta, value);
      cells.patch(path, { value, pending: false, label: labelIn(labels, column, value) });
      changes.add(column, placeOf(path).row);
    }
  };
  const walk = (fields: readonly FieldMeta[], row: string | null, told: Values): void => {
    for (const field of fields) {
      const path = content.cellOf(row, field.name);
      if (!isTable(field)) {
        accept(path, field, told[field.name] ?? null);
        continue;
      }
      rowsOf(told[field.name]).forEach((inner, index) => {
        const key = keys[path]?.[index];
        if (key !== undefined && content.has(key)) {
          walk(field.fields ?? [], key, inner);
        }
      });
    }
  };
  walk(content.meta.fields, null, values);
  return changes;
}
