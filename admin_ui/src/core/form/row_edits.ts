import type { Cells } from "./cells.ts";
import type { Changed } from "./changed.ts";
import type { Content } from "./content.ts";
import { cellPath, columnOf } from "./paths.ts";
import type { FieldMeta, Json, Labels, Values } from "./types.ts";
import { isTable } from "./values.ts";

/** The labels of a row and of the rows inside it, by column and id. */
export function rowLabels(content: Content, cells: Cells, row: string, labels: Record<string, Record<string, string>> = {}): Labels {
  for (const field of content.fieldsOf(content.home(row))) {
    const path = content.cellOf(row, field.name);
    const { value, label } = cells.get(path);
    if (label !== null && typeof value === "string") {
      (labels[columnOf(path)] ??= {})[value] = label;
    }
    content.rows(path).forEach((inner) => rowLabels(content, cells, inner, labels));
  }
  return labels;
}

/** Take away what is known of the cells of a row, before the row itself goes. */
export function dropRow(content: Content, cells: Cells, changed: Changed, list: string, row: string): void {
  for (const field of content.fieldsOf(list)) {
    const path = cellPath(list, row, field.name);
    content.rows(path).forEach((inner) => dropRow(content, cells, changed, path, inner));
    cells.drop(path);
  }
  changed.forget(list, row);
}

/** A row's values without the ids of it and of the rows inside it: a copy is a new row. */
export function freshValues(content: Content, row: string): Values {
  const read = (field: FieldMeta): Json => {
    const path = content.cellOf(row, field.name);
    return isTable(field) ? content.rows(path).map((inner) => freshValues(content, inner) as Json) : content.value(path);
  };
  return Object.fromEntries(content.fieldsOf(content.home(row)).map((field) => [field.name, read(field)]));
}
