import type { Flags } from "./access.ts";
import type { Cells } from "./cells.ts";
import type { Content } from "./content.ts";
import { columnOf } from "./paths.ts";
import { labelIn } from "./references.ts";
import type { FieldMeta, Labels } from "./types.ts";

type FlagsOf = (meta: FieldMeta, path: string) => Flags;

/** Put every value into its cell, with the flags that hold before any condition is asked. */
export function drawRecord(content: Content, cells: Cells, flags: FlagsOf, labels: Labels): void {
  draw(content, cells, flags, labels, content.meta.fields, null);
}

/** The same for one row and the rows inside it. */
export function drawRow(content: Content, cells: Cells, flags: FlagsOf, labels: Labels, row: string): void {
  draw(content, cells, flags, labels, content.fieldsOf(content.home(row)), row);
}

function draw(content: Content, cells: Cells, flags: FlagsOf, labels: Labels, fields: readonly FieldMeta[], row: string | null): void {
  for (const field of fields) {
    const path = content.cellOf(row, field.name);
    const value = content.value(path);
    cells.patch(path, { value, label: labelIn(labels, columnOf(path), value), problems: [], failed: null, pending: false, ...flags(field, path) });
    content.rows(path).forEach((inner) => drawRow(content, cells, flags, labels, inner));
  }
}

/** Labels of what is referenced now, by column and id: a draft must be able to show them again. */
export function labelsOf(cells: Cells): Labels {
  const labels: Record<string, Record<string, string>> = {};
  for (const path of cells.labelled()) {
    const { value, label } = cells.get(path);
    if (label !== null && typeof value === "string") {
      (labels[columnOf(path)] ??= {})[value] = label;
    }
  }
  return labels;
}
