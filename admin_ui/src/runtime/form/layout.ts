import { itemKey } from "../../core/form/plan.ts";
import type { EntityMeta, FormItem } from "../../core/form/types.ts";

/** The items that draw a record: its first form, or, where there is none, all fields in one section. */
export function layoutOf(meta: EntityMeta, form?: string): readonly FormItem[] {
  const chosen = meta.forms.find((one) => one.name === form) ?? meta.forms[0];
  if (chosen && chosen.items.length > 0) return chosen.items;
  const plain = meta.fields.filter((field) => field.type !== "sub_table");
  const tables = meta.fields.filter((field) => field.type === "sub_table");
  return [
    { kind: "section", name: "all", items: plain.map((field) => ({ kind: "field", field: field.name })) },
    ...tables.map((field): FormItem => ({ kind: "field", field: field.name })),
  ];
}

/** Every field below an item. */
export function fieldsBelow(item: FormItem): readonly string[] {
  return [...(item.kind === "field" && item.field ? [item.field] : []), ...(item.items ?? []).flatMap(fieldsBelow)];
}

export function keyOf(place: readonly number[]): string {
  return itemKey(place);
}

const WIDE = new Set(["long_text", "attachment", "image", "rich_text", "markdown", "json", "location", "snapshot"]);

/** Columns of twelve: what the form says, else the whole width for what is long and a third for the rest. */
export function spanOf(type: string, span: number | null | undefined, columns: number | null | undefined): number {
  if (type === "sub_table") return 12;
  if (span) return Math.min(12, Math.max(1, span));
  if (WIDE.has(type)) return 12;
  return columns ? Math.max(1, Math.floor(12 / columns)) : 4;
}
