/** One changed cell works out what depends on it, and nothing else. */

import { describe, expect, test } from "vitest";
import { cellPath } from "./paths.ts";
import { call, LINE_FIELDS, name, ORDER, orderStore, savedOrder } from "./testing/order.ts";
import { treeEvaluator } from "./tree_evaluator.ts";
import type { EntityMeta, FieldMeta, Tree } from "./types.ts";

const ROWS = { list: { record: "shop.order/lines" } };
const item = (field: string): Tree => ({ node: "item", name: field, level: 0, shape: "shop.order/lines", type: "number", span: [0, 1] });
const lines: Tree = { node: "field", name: "lines", type: ROWS, span: [0, 1] };
const PRICES: FieldMeta = {
  name: "prices", title: "单价和", type: "money", control: "money", scale: 2, read_only: true, index_in_order: 3,
  formula: { node: "each", name: "SUMEACH", source: lines, arguments: [item("price")], type: "number", span: [0, 1] },
};
const LONELY: FieldMeta = {
  name: "lonely", title: "独", type: "money", control: "money", scale: 2, read_only: true, index_in_order: 4,
  formula: call("ABS", [name("discount")]),
};
const META: EntityMeta = { ...ORDER, fields: [...ORDER.fields, PRICES, LONELY] };
const TARGETS = new Map<unknown, string>(
  [...META.fields, ...LINE_FIELDS].flatMap((field) => (field.formula ? [[field.formula, field.name] as const] : [])),
);

/** A form, and the formulas that were evaluated since it was opened. */
function watched() {
  const evaluator = treeEvaluator("u1", () => new Date("2026-11-20T08:00:00Z"));
  const evaluated: string[] = [];
  const store = orderStore({
    meta: META,
    record: savedOrder(),
    evaluator: {
      ...evaluator,
      evaluate: (tree, scope) => {
        const target = TARGETS.get(tree);
        if (target !== undefined) evaluated.push(target);
        return evaluator.evaluate(tree, scope);
      },
    },
  });
  evaluated.length = 0;
  return { store, evaluated };
}

describe("a changed cell", () => {
  test("of the record works out the formulas that read it", () => {
    const { store, evaluated } = watched();

    store.set("discount", "0.2000");

    expect(evaluated).toEqual(["net", "lonely"]);
  });

  test("of a row works out that row's formula once, then what reads the column", () => {
    const { store, evaluated } = watched();
    const [first = ""] = store.rows("lines");

    store.set(cellPath("lines", first, "quantity"), "3.00");

    expect(evaluated).toEqual(["amount", "total", "net"]);
  });

  test("is found behind the list of a formula over rows", () => {
    const { store, evaluated } = watched();
    const [first = ""] = store.rows("lines");

    store.set(cellPath("lines", first, "price"), "11.00");

    expect(evaluated).toEqual(["amount", "total", "net", "prices"]);
    expect(store.cell("prices").value).toBe("1011.00");
  });

  test("that no formula reads works out none", () => {
    const { store, evaluated } = watched();
    const [first = ""] = store.rows("lines");

    store.set(cellPath("lines", first, "remark"), "x");
    store.set("due", "2026-12-01");

    expect(evaluated).toEqual([]);
  });

  test("whose formula gives the same as before goes no further", () => {
    const { store, evaluated } = watched();
    const [first = ""] = store.rows("lines");

    store.set(cellPath("lines", first, "quantity"), "2");

    expect(evaluated).not.toContain("net");
  });
});
