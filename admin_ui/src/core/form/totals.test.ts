import { expect, test } from "vitest";
import { EMPTY_CELL } from "./cells.ts";
import { ColumnTotal } from "./totals.ts";
import type { Json } from "./types.ts";

/** A list whose rows are changed from outside, as a store tells of it. */
function listOf(values: Record<string, Json>) {
  const state = { rows: Object.keys(values), values, asked: 0 };
  const source = {
    rows: () => state.rows,
    cell: (path: string) => {
      state.asked += 1;
      return { ...EMPTY_CELL, value: state.values[path.split("/")[1] ?? ""] ?? null };
    },
  };
  return { state, total: new ColumnTotal(source, "lines", "amount") };
}

test("a column is added up exactly, and blank where no row has a number", () => {
  expect(listOf({ r1: "0.1", r2: "0.2", r3: null }).total.value()).toBe("0.3");
  expect(listOf({ r1: null, r2: "later" }).total.value()).toBeNull();
});

test("a changed number takes the place of the old one", () => {
  const { state, total } = listOf({ r1: "10", r2: "5" });
  expect(total.value()).toBe("15");

  state.values = { r1: "10.25", r2: null };
  total.changed();

  expect(total.value()).toBe("10.25");
});

test("rows that come and go change the sum", () => {
  const { state, total } = listOf({ r1: "1", r2: "2" });
  expect(total.value()).toBe("3");

  state.rows = ["r2", "r3"];
  state.values = { r2: "2", r3: "40" };
  total.changed();

  expect(total.value()).toBe("42");
});

test("nothing is asked again until something changed", () => {
  const { state, total } = listOf({ r1: "1", r2: "2" });
  total.value();
  const before = state.asked;

  total.value();

  expect(state.asked).toBe(before);
});
