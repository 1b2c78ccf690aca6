// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { orderStore, savedOrder } from "../../../core/form/testing/order.ts";
import type { FormStore } from "../../../core/form/store.ts";
import { drawIn, serve } from "../testing/draw.tsx";
import { theOne } from "./pasteBlock.ts";
import { SubTable } from "./SubTable.tsx";

afterEach(cleanup);

function table(store: FormStore) {
  const meta = store.field("lines");
  if (!meta) throw new Error("no lines");
  return drawIn(store, <SubTable meta={meta} list="lines" columns={null} />);
}

const box = (field: string, row: number) => screen.getByLabelText<HTMLInputElement>(`${field}，第 ${row} 行`);

test("totals follow each key", async () => {
  const store = orderStore({ record: savedOrder() });
  const user = userEvent.setup();
  table(store);

  await user.clear(box("数量", 1));
  await user.type(box("数量", 1), "10");

  const foot = screen.getAllByRole("row").at(-1);
  expect(within(foot as HTMLElement).getByText("1,105.00")).toBeTruthy();
});

test("Enter goes down and adds a row at the end; arrows and Tab move", async () => {
  const store = orderStore({ record: savedOrder() });
  const user = userEvent.setup();
  table(store);

  box("数量", 1).focus();
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(box("数量", 2));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement).toBe(box("数量", 3)));
  expect(store.rows("lines")).toHaveLength(3);
  await user.keyboard("{ArrowUp}");
  expect(document.activeElement).toBe(box("数量", 2));
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(box("单价", 2));
  await user.type(box("备注", 3), "x");
  await user.keyboard("{Tab}");
  await waitFor(() => expect(document.activeElement).toBe(box("物品", 4)));
  box("备注", 4).focus();
  await user.keyboard("{Tab}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "添加明细" }));
  expect(store.rows("lines")).toHaveLength(3);
});

test("rows are added, duplicated and removed", async () => {
  const store = orderStore({ record: savedOrder() });
  const user = userEvent.setup();
  table(store);

  await user.click(screen.getByRole("button", { name: "复制第 1 行" }));
  expect(box("数量", 2).value).toBe("2.00");
  await user.click(screen.getByRole("button", { name: "删除第 3 行" }));
  await user.click(screen.getByRole("button", { name: "添加明细" }));

  expect(screen.getByText("共 3 行")).toBeTruthy();
});

test("a block of 200 rows is pasted: references by label, unknown names marked", async () => {
  const asked = serve({
    "GET /records/shop.item/options": ({ query }) => ({ items: query.get("q") === "水泥" ? [{ id: "i1", label: "水泥" }, { id: "i8", label: "水泥砖" }] : [] }),
  });
  const store = orderStore();
  store.addRow("lines");
  table(store);
  const lines = Array.from({ length: 200 }, (_, index) => `${index === 7 ? "没有的" : "水泥"}\t2\t"1,000.5"\t忽略\t第 ${index + 1} 行`).join("\r\n");

  fireEvent.paste(box("物品", 1), { clipboardData: { getData: () => lines } });
  await waitFor(() => expect(store.rows("lines")).toHaveLength(200));

  const [first, , , , , , , eighth] = store.rows("lines");
  expect(store.content.rowValues(first ?? "")).toMatchObject({ item: "i1", quantity: "2", price: "1000.5", amount: "2001.00", remark: "第 1 行" });
  expect(store.cell("total").value).toBe("400200.00");
  expect(store.cell(`lines/${eighth}/item`).problems[0]).toMatchObject({ code: "reference_not_found", params: { value: "没有的" } });
  expect(asked).toHaveLength(2);
});

test("beyond fifty rows only those in sight are drawn", () => {
  const store = orderStore();
  store.bulk(() => {
    for (let index = 0; index < 300; index += 1) store.addRow("lines", index, { quantity: "1", price: "1" });
  });
  table(store);

  expect(screen.getByText("共 300 行")).toBeTruthy();
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
});

test("a problem of a cell is told at the cell", () => {
  const store = orderStore({ record: savedOrder() });
  table(store);

  act(() => store.takeProblems([{ code: "above_maximum", pointer: "/values/lines/1/quantity", detail: "超过两天" }]));

  expect(box("数量", 2).getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(box("数量", 2).getAttribute("aria-describedby") ?? "")?.textContent).toBe("超过两天");
});

test("on a phone rows are cards", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
  const store = orderStore({ record: savedOrder() });
  const user = userEvent.setup();
  table(store);
  expect(screen.queryByRole("table")).toBeNull();

  await user.click(screen.getByRole("button", { name: /2\s*钢筋/ }));
  expect(screen.getByLabelText<HTMLInputElement>(/备注/).value).toBe("急");
  await user.click(screen.getByRole("button", { name: "删除第 2 行" }));

  expect(store.rows("lines")).toHaveLength(1);
  expect(screen.getByText("金额合计")).toBeTruthy();
});

test("who may only read sees values and no buttons", () => {
  table(orderStore({ record: savedOrder(), editable: false }));

  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByText("钢筋")).toBeTruthy();
});

test("a text names a record only if there is one of that name", () => {
  expect(theOne([{ id: "1", label: "水泥" }, { id: "2", label: "水泥砖" }], "水泥")?.id).toBe("1");
  expect(theOne([{ id: "1", label: "张三" }, { id: "2", label: "张三" }], "张三")).toBeNull();
  expect(theOne([{ id: "1", label: "A-01 东区", hint: "A-01" }], "A-01")?.id).toBe("1");
  expect(theOne([{ id: "1", label: "水泥砖" }], "水泥")).toBeNull();
});
