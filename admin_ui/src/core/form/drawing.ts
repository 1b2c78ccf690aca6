import type { Flags } from "./access.ts";
import type { Cells } from "./cells.ts";
import type { Content } from "./content.ts";
import { cellPath, columnOf } from "./paths.ts";
import { labelIn } from "./references.ts";
import type { FieldMeta, Labels } from "./types.ts";

type FlagsOf = (meta: FieldMeta, path: string) => Flags;

/** Put every value into its cell, with the flags that hold before any condition is asked. */
export function drawRecord(content: Content, cells: Cells, flags: FlagsOf, labels: Labels): void {
  for (const field of content.meta.fields) {
    const value = content.value(field.name);
    const label = labelIn(labels, field.name, value);
    cells.patch(field.name, { value, label, problems: [], failed: null, pending: false, ...flags(field, field.name) });
    content.rows(field.name).forEach((row) => drawRow(content, cells, flags, labels, field, row));
  }
}

export function drawRow(content: Content, cells: Cells, flags: FlagsOf, labels: Labels, table: FieldMeta, row: string): void {
  for (const field of table.fields ?? []) {
    const path = cellPath(table.name, row, field.name);
    const value = content.value(path);
    cells.patch(path, { value, label: labelIn(labels, columnOf(path), value), ...flags(field, path) });
  }
}

/** Labels of what is referenced now, by column and id: a draft must be able to show them again. */
export function labelsOf(cells: Cells): Labels {
  const labels: Record<string, Record<string, string>> = {};
  for (const path of cells.paths()) {
    const { value, label } = cells.get(path);
    if (label !== null && typeof value === "string") {
      (labels[columnOf(path)] ??= {})[value] = label;
    }
  }
  return labels;
}
