// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw, fakeServer, problemResponse } from "../../ui/testing.tsx";
import { ViewPage } from "../table/ViewPage.tsx";
import { headRows, openLines } from "./grid.ts";
import { moved, NO_LAYOUT, readLayout, writeLayout, type Shown } from "./layout.ts";

const line = (...keys: string[]) => ({ keys, labels: keys, where: keys.map((key, at) => ({ field: `f${at}`, op: "eq", value: key })) });
const COLUMNS = [line("2026", "2026-01"), line("2026", "2026-02"), line("2026"), line()];

const FIELDS = [
  { name: "site", title: "工地", type: "reference", control: "reference" },
  { name: "amount", title: "金额", type: "money", control: "money", scale: 2 },
];
const META = { key: "shop.order", name: "order", title: "订单", kind: "ledger", display: "site", publication: 1, has_flow: false, actions: ["read"], fields: FIELDS, forms: [], rules: [], system_fields: [], views: [{ name: "crossed", title: "透视", kind: "pivot", columns: [], sort: [], search: [] }] };
const MENU = { modules: [{ name: "shop", title: "店", items: [{ kind: "view", target: "shop.crossed", title: "透视", entity: "shop.order", entity_title: "订单" }] }] };
const DATA = {
  rows: { axes: [{ name: "site", field: "site", by: null, title: "工地", type: "reference" }, { name: "kind", field: "kind", by: null, title: "类别", type: "select" }], lines: [line("A"), line("A", "x"), line("A", ""), line()] },
  columns: { axes: [], lines: [line()] },
  values: [{ name: "sum:amount", fn: "sum", field: "amount", title: "金额合计", type: "money", scale: 2 }],
  totals: ["rows", "columns", "groups"],
  sort: "",
  cells: [[["-1234.5"]], [["0.50"]], [null], [["-1234.5"]]],
};
const AT = { at: "/v/shop.crossed", path: "/v/:view" };

test("columns that have a value in common stand under one head, totals beside what they add up", () => {
  const rows = headRows(COLUMNS, 2, new Set(['["2026"]']));

  expect(rows[0]?.map((cell) => [cell.label, cell.lines, cell.rows])).toEqual([["2026", 3, 1], [null, 1, 2]]);
  expect(rows[1]?.map((cell) => [cell.label, cell.lines, cell.rows])).toEqual([["2026-01", 1, 1], ["2026-02", 1, 1], [null, 1, 1]]);
  expect(rows[0]?.[0]?.group).toBe('["2026"]');
});

test("a closed group shows its total and nothing that is in it", () => {
  expect(openLines(COLUMNS, new Set(['["2026"]'])).map(({ place }) => place)).toEqual([2, 3]);
});

test("a layout is the same after a way through the address", () => {
  const layout = { rows: [{ field: "site", by: null }, { field: "day", by: "week" }], columns: [], values: [{ fn: "count", field: "" }, { fn: "sum", field: "amount" }], totals: ["rows"], sort: "-sum:amount" };

  expect(readLayout(writeLayout(new URLSearchParams("q=a"), layout))).toEqual(layout);
  expect(readLayout(new URLSearchParams("q=a"))).toEqual(NO_LAYOUT);
});

test("an axis moves within its side and to the other", () => {
  const axes = ["a", "b"].map((field) => ({ field, by: null }));
  const shown: Shown = { rows: axes, columns: [], values: [], totals: [], sort: "" };

  expect(moved(shown, { side: "rows", place: 0 }, { side: "rows", place: 1 }).rows.map((one) => one.field)).toEqual(["b", "a"]);
  expect(moved(shown, { side: "rows", place: 0 }, { side: "columns", place: 4 }).columns.map((one) => one.field)).toEqual(["a"]);
});

test("figures are written as their type asks, groups close, and a figure opens its records", async () => {
  fakeServer({ "GET /menu": MENU, "GET /entities/shop.order": META, "POST /records/shop.order/pivot": DATA, "GET /records/shop.order": { items: [], next_cursor: null, has_more: false } });
  const drawn = draw(<ViewPage />, AT);
  const table = await screen.findByRole("table", { name: "透视" });
  expect(within(table).getAllByText("-1,234.50")[0]?.className).toContain("fw-negative");
  expect(within(table).getByText("（空）")).toBeTruthy();

  await userEvent.click(within(table).getByRole("button", { name: "收起A" }));
  expect(within(table).queryByText("x")).toBeNull();
  within(table).getAllByRole("button", { name: "-1,234.50" })[0]?.focus();
  await userEvent.keyboard("{ArrowDown}{Enter}");

  const address = new URLSearchParams(drawn.address().split("?")[1]);
  expect([address.get("as"), address.get("filter")]).toEqual(["list", null]);
});

test("rows are chosen in the dialog and kept in the address", async () => {
  const log = fakeServer({ "GET /menu": MENU, "GET /entities/shop.order": META, "POST /records/shop.order/pivot": DATA });
  const drawn = draw(<ViewPage />, AT);
  await screen.findByRole("table", { name: "透视" });

  await userEvent.click(screen.getByRole("button", { name: "调整行列" }));
  await userEvent.click(screen.getByRole("button", { name: "把类别移到列" }));
  await userEvent.selectOptions(screen.getByLabelText("添加数值…"), "amount");
  await userEvent.click(screen.getByRole("button", { name: "显示" }));

  expect(new URLSearchParams(drawn.address().split("?")[1]).get("columns")).toBe("kind");
  expect(log.at(-1)?.body).toMatchObject({ view: "crossed", rows: [{ field: "site", by: null }], values: [{ fn: "sum" }, { fn: "avg", field: "amount" }] });
});

test("what is refused says why and what to do", async () => {
  fakeServer({ "GET /menu": MENU, "GET /entities/shop.order": META, "POST /records/shop.order/pivot": problemResponse(422, { title: "不成", detail: "透视表超过 20000 个单元格" }) });

  draw(<ViewPage />, AT);

  expect(await screen.findByText("透视表超过 20000 个单元格")).toBeTruthy();
});
