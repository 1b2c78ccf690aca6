import { expect, test } from "vitest";
import type { ListColumn } from "./columns.ts";
import { columnWidths } from "./widths.ts";

function column(field: string, type: string, width: number): ListColumn {
  return { field, title: field, type, width, scale: 2, total: null, numeric: type === "money", sortable: true, meta: null };
}

test("a column of amounts is wide enough for its longest value and its total; texts keep their width", () => {
  const columns = [column("total", "money", 90), column("note", "text", 90)];
  const row = { id: "1", version: 1, values: { total: "1", note: "a very long note that is cut" }, labels: {} };

  const widths = columnWidths(columns, [row], { total: "100710536.00" });

  expect(widths.get("total")).toBeGreaterThan("100,710,536.00".length * 8);
  expect(widths.get("note")).toBe(90);
});
