import type { ReactNode } from "react";
import type { FieldMeta, FormItem } from "../../../core/form/types.ts";
import { isNumeric, isTable } from "../../../core/form/values.ts";
import { isRare } from "../rare.tsx";

export interface GridColumn {
  readonly meta: FieldMeta;
  readonly width: number;
  readonly end: boolean;
}

/** Draws what lies inside a row. */
export type DrawInner = (row: string) => ReactNode;

const WIDTHS: Readonly<Record<string, number>> = {
  integer: 96, decimal: 92, money: 104, percent: 88, boolean: 72, date: 136, time: 108, datetime: 200, select: 100, multi_select: 160,
  long_text: 220, attachment: 200, image: 200, reference: 148, tree_parent: 148, user: 136, department: 136,
  quantity: 168, progress: 96, rating: 168, duration: 120, period: 104, colour: 168, url: 200, email: 180, phone: 148, id_document: 190, credit_code: 190,
  bank_account: 208, date_range: 290, datetime_range: 430, time_range: 240, local_datetime: 200, cascade: 180, region: 200, tags: 200, users: 200, departments: 200,
  references: 200, dynamic_reference: 260, location: 220, json: 220, rich_text: 240, markdown: 240, signature: 140, barcode: 170,
};

/** The columns that a form names for its table, in that order; all of them where it names none. */
export function gridColumns(meta: FieldMeta, named: FormItem["columns"]): readonly GridColumn[] {
  const fields = meta.fields ?? [];
  const wanted = named && named.length > 0 ? named.map((one) => (typeof one === "string" ? { field: one, width: null } : { field: one.field, width: one.width ?? null })) : fields.map((field) => ({ field: field.name, width: null }));
  return wanted.flatMap(({ field, width }) => {
    const found = fields.find((one) => one.name === field || `${meta.name}.${one.name}` === field);
    return found && !isTable(found) ? [{ meta: found, width: width ?? WIDTHS[found.type] ?? 160, end: isNumeric(found) && !isRare(found.type) }] : [];
  });
}

/** The sub-tables inside a row that a form shows: those that it names among the columns, all of them where it names none. */
export function innerTables(meta: FieldMeta, named: FormItem["columns"]): readonly FieldMeta[] {
  const names = named?.map((one) => (typeof one === "string" ? one : one.field)) ?? [];
  return (meta.fields ?? []).filter((field) => isTable(field) && (names.length === 0 || names.includes(field.name)));
}
