import type { RecordData } from "../../api/types.ts";
import { formatNumber } from "../../core/formats/number.ts";
import { valueAt, type ListColumn } from "./columns.ts";

/** Types whose values must be read whole: half an amount or half a number is worse than none. */
const WHOLE = new Set(["integer", "decimal", "money", "percent", "series", "date"]);
const NARROW = 8;
const WIDE = 14;
const PADDING = 28;

function pixels(text: string): number {
  let sum = PADDING;
  for (const sign of text) sum += sign > "\u2e80" ? WIDE : NARROW;
  return sum;
}

function shown(column: ListColumn, value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  return column.numeric ? formatNumber(value, column.type === "money" ? (column.scale ?? 2) : column.scale) : String(value);
}

/** Width of each column: as the view says, but never too narrow for the numbers that are in it. */
export function columnWidths(
  columns: readonly ListColumn[],
  rows: readonly RecordData[],
  totals: Readonly<Record<string, string | null>> | null,
): ReadonlyMap<string, number> {
  const entries = columns.map((column) => {
    if (!WHOLE.has(column.type)) return [column.field, column.width] as const;
    const values = [totals?.[column.field], ...rows.map((row) => valueAt(row, column.field))];
    // A total is set in bold.
    const needed = values.map((value, index) => pixels(shown(column, value)) + (index === 0 ? 12 : 0));
    return [column.field, Math.max(column.width, ...needed)] as const;
  });
  return new Map(entries);
}
