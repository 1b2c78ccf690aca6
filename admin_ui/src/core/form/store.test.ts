import { describe, expect, test, vi } from "vitest";
import { cellPath } from "./paths.ts";
import { fakeReferences, LINE_FIELDS, orderStore, savedOrder } from "./testing/order.ts";

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const cell = (row: string | undefined, field: string) => cellPath("lines", row ?? "", field);

describe("formulas", () => {
  test("a row's formula and the record's follow what is typed, exactly", () => {
    const store = orderStore();
    const row = store.addRow("lines");

    store.set(cell(row, "quantity"), "3.5");
    store.set(cell(row, "price"), "0.1");
    store.set("discount", "0.15");

    expect(store.cell(cell(row, "amount")).value).toBe("0.35");
    expect(store.cell("total").value).toBe("0.35");
    expect(store.cell("net").value).toBe("0.30");
  });

  test("half up: 1091.50 at 15 per cent", () => {
    const store = orderStore();
    const row = store.addRow("lines", 0, { quantity: "1", price: "1091.50" });

    store.set("discount", "0.85");

    expect(store.cell(cell(row, "amount")).value).toBe("1091.50");
    expect(store.cell("net").value).toBe("163.73");
  });

  test("a row that goes takes its amount with it", () => {
    const store = orderStore({ record: savedOrder() });
    const [, second] = store.rows("lines");

    store.removeRow("lines", second ?? "");

    expect(store.cell("total").value).toBe("21.00");
  });

  test("what cannot be read as a number is kept, marked on leaving, and blank to formulas", () => {
    const store = orderStore({ record: savedOrder() });
    const [first] = store.rows("lines");

    store.set(cell(first, "quantity"), "12x");
    store.leave(cell(first, "quantity"));

    expect(store.cell(cell(first, "quantity")).value).toBe("12x");
    expect(store.cell(cell(first, "quantity")).problems[0]?.code).toBe("wrong_type");
    expect(store.cell(cell(first, "amount")).value).toBeNull();
    expect(store.cell("total").value).toBe("1000.00");
  });

  test("one key press tells those who look at the cells that changed, and nobody else", () => {
    const store = orderStore({ record: savedOrder() });
    const [first, second] = store.rows("lines");
    const watch = (path: string) => {
      const listener = vi.fn<() => void>();
      store.subscribe(path, listener);
      return listener;
    };
    const [typed, amount, total, otherRow, otherField] = [cell(first, "quantity"), cell(first, "amount"), "total", cell(second, "amount"), "due"].map(watch);

    store.set(cell(first, "quantity"), "4");

    expect([typed, amount, total].map((listener) => listener?.mock.calls.length)).toEqual([1, 1, 1]);
    expect([otherRow, otherField].map((listener) => listener?.mock.calls.length)).toEqual([0, 0]);
  });

  test("of a record that is only read the stored values stand", () => {
    const store = orderStore({ record: savedOrder({ values: { ...savedOrder().values, total: "999.00" } }), editable: false });

    expect(store.cell("total").value).toBe("999.00");
    expect(store.cell("customer").readOnly).toBe(true);
  });

  test("200 rows take a key press in under 50 ms", () => {
    const store = orderStore();
    store.bulk(() => {
      for (let index = 0; index < 200; index += 1) store.addRow("lines", index, { quantity: "1", price: "2.50" });
    });
    const row = store.rows("lines")[100];

    const started = performance.now();
    store.set(cell(row, "quantity"), "2");
    const taken = performance.now() - started;

    expect(store.cell("total").value).toBe("502.50");
    expect(taken).toBeLessThan(50);
  });
});

describe("references", () => {
  test("a copy is filled when the reference is chosen, and stays what a person makes of it", async () => {
    const store = orderStore();
    const row = store.addRow("lines", 0, { quantity: "2" });

    store.set(cell(row, "item"), "i1", "水泥");
    await settle();
    expect(store.cell(cell(row, "price")).value).toBe("10.50");
    expect(store.cell("total").value).toBe("21.00");

    store.set(cell(row, "price"), "9");
    expect(store.cell("total").value).toBe("18.00");
  });

  test("an answer that comes after another choice is not used", async () => {
    const store = orderStore();
    const row = store.addRow("lines");

    store.set(cell(row, "item"), "i1");
    store.set(cell(row, "item"), "i2");
    await settle();

    expect(store.cell(cell(row, "price")).value).toBe("1000.00");
  });

  test("an answer never overwrites what was typed meanwhile", async () => {
    const store = orderStore();
    const row = store.addRow("lines");

    store.set(cell(row, "item"), "i1");
    store.set(cell(row, "price"), "8");
    await settle();

    expect(store.cell(cell(row, "price")).value).toBe("8");
  });

  test("a lookup follows its reference", async () => {
    const store = orderStore({ record: savedOrder() });

    store.set("customer", "c2", "乙公司");
    await settle();

    expect(store.cell("customer_code").value).toBe("K2");
  });

  test("what this person may not read is left to the server", async () => {
    const store = orderStore();

    store.set("customer", "secret");
    await settle();
    expect(store.unanswered.has("customer_code")).toBe(true);

    store.takeComputed({ customer_code: "K9" }, {}, store.rowKeys());
    expect(store.cell("customer_code")).toMatchObject({ value: "K9", pending: false });
  });
});

describe("conditions", () => {
  test("a field appears, is asked for, and is cleared when it hides", () => {
    const store = orderStore({ record: savedOrder() });
    expect(store.cell("reason").visible).toBe(false);

    store.set("kind", "special");
    expect(store.cell("reason")).toMatchObject({ visible: true, required: true });
    store.set("reason", "加急");
    store.set("kind", "plain");

    expect(store.cell("reason")).toMatchObject({ visible: false, value: null });
  });

  test("what is hidden is not asked for", () => {
    const store = orderStore({ record: savedOrder() });

    expect(store.validate("save")).toBe(true);
    store.set("kind", "special");
    expect(store.validate("save")).toBe(false);
    expect(store.problems().map(({ path, problem }) => [path, problem.code])).toEqual([["reason", "required"]]);
  });

  test("a warning is told and does not block", () => {
    const store = orderStore({ record: savedOrder() });
    const [first] = store.rows("lines");

    store.set(cell(first, "quantity"), "60");

    expect(store.validate("save")).toBe(true);
    expect(store.cell(cell(first, "quantity")).problems).toMatchObject([{ severity: "warning", detail: "数量 60 偏大" }]);
  });

  test("access closes what the step does not open", () => {
    const store = orderStore({ record: savedOrder(), access: { kind: "read", lines: "read", "lines.price": "write", due: "hidden" } });
    const [first] = store.rows("lines");

    store.set(cell(first, "price"), "11");

    expect(store.cell("kind").readOnly).toBe(true);
    expect(store.cell("lines").readOnly).toBe(true);
    expect(store.cell(cell(first, "price")).readOnly).toBe(false);
    expect(store.cell(cell(first, "quantity")).readOnly).toBe(true);
    expect(store.cell("due").visible).toBe(false);
    expect(store.payload()).toEqual({ lines: [{ id: "l1", price: "11" }, { id: "l2", price: "1000.00" }] });
  });
});

describe("what is sent", () => {
  test("nothing is dirty until something differs, and again when it is put back", () => {
    const store = orderStore({ record: savedOrder() });
    expect(store.dirty).toBe(false);

    store.set("due", "2026-12-01");
    expect(store.dirty).toBe(true);
    store.set("due", "2026-11-20");
    expect(store.dirty).toBe(false);

    const [first] = store.rows("lines");
    store.set(cell(first, "quantity"), "2");
    expect(store.dirty).toBe(false);
  });

  test("a change sends what changed; a changed table goes as a whole, without what is computed", () => {
    const store = orderStore({ record: savedOrder() });
    const [first] = store.rows("lines");

    store.set("discount", null);
    store.set(cell(first, "quantity"), "3");
    const copy = store.duplicateRow("lines", first ?? "");

    expect(store.rows("lines").indexOf(copy)).toBe(1);
    expect(store.payload()).toEqual({
      discount: null,
      lines: [
        { id: "l1", item: "i1", quantity: "3", price: "10.50", remark: null },
        { item: "i1", quantity: "3", price: "10.50" },
        { id: "l2", item: "i2", quantity: "1.00", price: "1000.00", remark: "急" },
      ],
    });
    expect(store.cell(cell(copy, "item")).label).toBe("水泥");
  });

  test("a new record sends all that was filled in", () => {
    const store = orderStore({ defaults: { kind: "plain" } });

    store.set("customer", "c1", "甲公司");

    expect(store.payload()).toEqual({ customer: "c1", kind: "plain" });
  });

  test("defaults of rows come from their metadata", () => {
    const store = orderStore({ references: fakeReferences });
    const fields = LINE_FIELDS.map((field) => (field.name === "quantity" ? { ...field, default: "1.00" } : field));
    const other = orderStore({ meta: { ...store.meta, fields: store.meta.fields.map((field) => (field.name === "lines" ? { ...field, fields } : field)) } });

    const row = other.addRow("lines");

    expect(other.cell(cell(row, "quantity")).value).toBe("1.00");
  });
});

describe("problems of the server", () => {
  test("pointers find their cells by the rows that were sent", () => {
    const store = orderStore({ record: savedOrder() });
    const sent = store.rowKeys();
    const [first, second] = store.rows("lines");
    store.addRow("lines", 0);

    store.takeProblems(
      [
        { code: "above_maximum", pointer: "/values/lines/1/quantity", detail: "太大" },
        { code: "required", pointer: "/lines/0/item", detail: "必须填写" },
        { code: "rule_violated", pointer: "", detail: "整单" },
        { code: "too_few_rows", pointer: "/values/lines", detail: "太少" },
        { code: "odd", pointer: "/values/nowhere", detail: "别处" },
      ],
      sent,
    );

    expect(store.problems().map(({ path, problem }) => [path, problem.detail])).toEqual([
      ["$record", "整单"],
      ["$record", "别处"],
      ["lines", "太少"],
      [cell(first, "item"), "必须填写"],
      [cell(second, "quantity"), "太大"],
    ]);
  });

  test("typing takes the server's word away", () => {
    const store = orderStore({ record: savedOrder() });
    store.takeProblems([{ code: "rule_violated", pointer: "/values/due", detail: "太晚" }]);

    store.set("due", "2026-11-21");

    expect(store.problems()).toEqual([]);
  });
});

test("values typed over an older version stay when the record is taken over again", () => {
  const store = orderStore({ record: savedOrder() });
  store.set("due", "2026-12-24");
  const mine = store.snapshot();
  const theirs = savedOrder({ version: 4, values: { ...savedOrder().values, discount: "0.2000" } });

  store.rebase(theirs, theirs.values, { ...mine, discount: "0.2000" }, theirs.labels ?? {});

  expect(store.record?.version).toBe(4);
  expect(store.payload()).toEqual({ due: "2026-12-24" });
  expect(store.cell("net").value).toBe("816.80");
  expect(store.cell("customer").label).toBe("甲公司");
});
