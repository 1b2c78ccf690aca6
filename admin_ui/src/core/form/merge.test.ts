import { expect, test } from "vitest";
import { differences, merged } from "./merge.ts";
import { ORDER, savedOrder } from "./testing/order.ts";
import type { Json, Values } from "./types.ts";
import { rowsOf } from "./values.ts";

const base = savedOrder().values;
const rows = rowsOf(base["lines"]);
const withRows = (...lines: readonly Values[]): Values => ({ ...base, lines: lines as readonly Json[] });
const row = (index: number, parts: Values = {}): Values => ({ ...rows[index], ...parts });

test("what only they changed is theirs, what only I changed is no difference", () => {
  const found = differences(ORDER.fields, base, { ...base, due: "2026-12-01" }, { ...base, discount: "0.2" });

  expect(found).toMatchObject([{ key: "discount", conflict: false, mine: "0.1000", theirs: "0.2" }]);
  expect(merged(ORDER.fields, { ...base, due: "2026-12-01" }, base, found, {})).toMatchObject({ due: "2026-12-01", discount: "0.2" });
});

test("where both changed the same to something else a choice must be made; mine stands until it is", () => {
  const mine = { ...base, due: "2026-12-01" };
  const theirs = { ...base, due: "2026-12-24" };
  const found = differences(ORDER.fields, base, mine, theirs);

  expect(found).toMatchObject([{ key: "due", conflict: true }]);
  expect(merged(ORDER.fields, mine, theirs, found, {})["due"]).toBe("2026-12-01");
  expect(merged(ORDER.fields, mine, theirs, found, { due: "theirs" })["due"]).toBe("2026-12-24");
});

test("the same change on both sides, and another spelling of a number, are no difference", () => {
  expect(differences(ORDER.fields, base, { ...base, discount: "0.2" }, { ...base, discount: "0.2000" })).toEqual([]);
});

test("computed fields follow and are never asked about", () => {
  expect(differences(ORDER.fields, base, base, { ...base, total: "5.00", number: "D-9" })).toEqual([]);
});

test("rows meet by id, cell by cell", () => {
  const mine = withRows(row(0, { quantity: "5" }), row(1), { item: "i3", quantity: "1" });
  const theirs = withRows(row(0, { price: "12.00" }), row(1, { remark: "不急" }));
  const found = differences(ORDER.fields, base, mine, theirs);

  expect(found.map((one) => [one.key, one.conflict])).toEqual([["lines#l1#price", false], ["lines#l2#remark", false]]);
  expect(merged(ORDER.fields, mine, theirs, found, {})["lines"]).toEqual([row(0, { quantity: "5", price: "12.00" }), row(1, { remark: "不急" }), { item: "i3", quantity: "1" }]);
});

test("a row that they deleted and I changed is kept as a new one, or goes, as I choose", () => {
  const mine = withRows(row(0, { quantity: "5" }), row(1));
  const theirs = withRows(row(1));
  const found = differences(ORDER.fields, base, mine, theirs);
  const { id: _, ...withoutId } = row(0, { quantity: "5" });

  expect(found).toMatchObject([{ key: "lines#l1", kind: "row_removed", conflict: true }]);
  expect(merged(ORDER.fields, mine, theirs, found, {})["lines"]).toEqual([withoutId, row(1)]);
  expect(merged(ORDER.fields, mine, theirs, found, { "lines#l1": "theirs" })["lines"]).toEqual([row(1)]);
});

test("a row that they deleted and I did not touch goes; one that they added comes", () => {
  const added = { id: "l9", item: "i1", quantity: "7", price: "1", amount: "7" };
  const theirs = withRows(row(1), added);
  const found = differences(ORDER.fields, base, base, theirs);

  expect(merged(ORDER.fields, base, theirs, found, {})["lines"]).toEqual([row(1), added]);
});

test("a row that I deleted and they changed comes back only if I choose so", () => {
  const mine = withRows(row(1));
  const theirs = withRows(row(0, { quantity: "9" }), row(1));
  const found = differences(ORDER.fields, base, mine, theirs);

  expect(found).toMatchObject([{ key: "lines#l1", kind: "row_added", conflict: true }]);
  expect(merged(ORDER.fields, mine, theirs, found, {})["lines"]).toEqual([row(1)]);
  expect(merged(ORDER.fields, mine, theirs, found, { "lines#l1": "theirs" })["lines"]).toEqual([row(1), row(0, { quantity: "9" })]);
});
