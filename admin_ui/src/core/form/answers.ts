import type { Cells } from "./cells.ts";
import type { Content } from "./content.ts";
import { cellPath, columnOf, placeOf } from "./paths.ts";
import { Changes } from "./recompute.ts";
import { labelIn } from "./references.ts";
import type { FieldMeta, Json, Labels, Values } from "./types.ts";
import { isTable, rowsOf } from "./values.ts";

type RowKeys = Readonly<Record<string, readonly string[]>>;

/** Put what the server worked out into the cells that only it can fill; returns what changed by that. */
export function takeAnswers(content: Content, cells: Cells, wanted: ReadonlySet<string>, values: Values, labels: Labels, keys: RowKeys): Changes {
  const changes = new Changes();
  const accept = (path: string, meta: FieldMeta, value: Json): void => {
    const column = columnOf(path);
    if (wanted.has(column)) {
      const place = placeOf(path);
      content.write(place.table, place.row, meta, value);
      cells.patch(path, { value, pending: false, label: labelIn(labels, column, value) });
      changes.add(column, place.row);
    }
  };
  for (const field of content.meta.fields) {
    if (!isTable(field)) {
      accept(field.name, field, values[field.name] ?? null);
      continue;
    }
    rowsOf(values[field.name]).forEach((row, index) => {
      const key = keys[field.name]?.[index];
      if (key !== undefined && content.rows(field.name).includes(key)) {
        field.fields?.forEach((child) => accept(cellPath(field.name, key, child.name), child, row[child.name] ?? null));
      }
    });
  }
  return changes;
}
