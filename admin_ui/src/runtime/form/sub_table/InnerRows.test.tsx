// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { fakeReferences } from "../../../core/form/testing/order.ts";
import { FormStore } from "../../../core/form/store.ts";
import { treeEvaluator } from "../../../core/form/tree_evaluator.ts";
import type { EntityMeta } from "../../../core/form/types.ts";
import { drawIn } from "../testing/draw.tsx";
import { SubTable } from "./SubTable.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const SHEET = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../../../tests/conformance/cases/states/view.json"), "utf-8")) as EntityMeta;

function opened(): FormStore {
  const items = [
    { id: "i1", count: "2", price: "3", parts: [{ id: "p1", name: "head", weight: "1" }] },
    { id: "i2", count: "1", price: "5", parts: [] },
  ];
  const values = { name: "a", mode: "plain", lines: [{ id: "l1", name: "L", factor: "1", items }, { id: "l2", name: "M", factor: "1", items: [] }] };
  const store = new FormStore({ meta: SHEET, evaluator: treeEvaluator("u1"), references: fakeReferences, record: { id: "x", version: 1, values } });
  const meta = store.field("lines");
  if (!meta) throw new Error("no lines");
  drawIn(store, <SubTable meta={meta} list="lines" columns={null} />);
  return store;
}

const inner = (store: FormStore, row: number) => `lines/${store.rows("lines")[row]}/items`;

test("a row opens to its own table with totals, and what is typed there reaches the record", async () => {
  const store = opened();
  const user = userEvent.setup();

  await user.click(screen.getByRole("button", { name: "展开第 1 行" }));
  const grid = await screen.findByTestId(`grid-${inner(store, 0)}`);
  const count = within(grid).getByLabelText<HTMLInputElement>("数量，第 1 行");
  await user.clear(count);
  await user.type(count, "4");

  expect(store.cell("total").value).toBe("17.00");
  expect(within(grid).getAllByText("17.00").length).toBeGreaterThan(0);
  expect(screen.queryAllByTestId(/^grid-/)).toHaveLength(2);
});

test("the keyboard opens and closes rows, and moves them", async () => {
  const store = opened();
  const user = userEvent.setup();
  const name = screen.getByLabelText<HTMLInputElement>("名称，第 1 行");

  name.focus();
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  await screen.findByTestId(`grid-${inner(store, 0)}`);
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  await waitFor(() => expect(screen.queryAllByTestId(/^grid-/)).toHaveLength(1));
  await user.keyboard("{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}");

  expect(store.snapshot()["lines"]).toMatchObject([{ id: "l2" }, { id: "l1" }]);
});

test("rows are added, duplicated with what is in them, moved and removed inside a row", () => {
  const store = opened();
  const list = inner(store, 0);
  const [first] = store.rows(list);

  const copy = store.duplicateRow(list, first ?? "");
  store.addRow(list);
  store.moveRow(list, copy, 0);
  store.removeRow(list, first ?? "");

  const items = (store.payload()["lines"] as readonly { readonly items: readonly Record<string, unknown>[] }[])[0]?.items;
  expect(items?.map((item) => item["id"] ?? null)).toEqual([null, "i2", null]);
  expect(items?.[0]).toMatchObject({ count: "2", parts: [{ name: "head", weight: "1" }] });
  expect(items?.[0]?.["parts"]).not.toMatchObject([{ id: "p1" }]);
});

test("a block from a spreadsheet is pasted into a row's own table", async () => {
  const store = opened();
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "展开第 1 行" }));
  const grid = await screen.findByTestId(`grid-${inner(store, 0)}`);

  fireEvent.paste(within(grid).getByLabelText("数量，第 1 行"), { clipboardData: { getData: () => "7\t2\n8\t1\n9\t1\n" } });

  await waitFor(() => expect(store.rows(inner(store, 0))).toHaveLength(3));
  expect(store.rows("lines")).toHaveLength(2);
  expect(store.cell("total").value).toBe("31.00");
});

test("on a phone a row is a card that opens to the cards inside it", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
  opened();
  const user = userEvent.setup();

  const [card] = screen.getAllByRole("listitem");
  await user.click(within(card as HTMLElement).getByRole("button", { name: /L/ }));

  expect(within(card as HTMLElement).getAllByRole("listitem").length).toBe(2);
});

test("what is wrong three rows deep has a name and can be gone to", () => {
  const store = opened();

  store.takeProblems([{ code: "required", pointer: "/lines/0/items/0/parts/0/name", detail: "x", severity: "error" }]);

  const [found] = store.problems();
  expect(found?.path).toMatch(/^lines\/r\d+\/items\/r\d+\/parts\/r\d+\/name$/);
});
