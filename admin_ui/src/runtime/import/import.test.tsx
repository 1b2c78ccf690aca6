// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw, fakeServer } from "../../ui/testing.tsx";
import { chosenSheets, missingTargets, type Offer } from "./data.ts";
import { ImportPage } from "./ImportPage.tsx";

const META = { key: "shop.item", name: "item", title: "物品", kind: "master", display: "name", publication: 1, has_flow: false, actions: ["read", "create", "import"], fields: [], system_fields: [], forms: [], views: [], rules: [] };
const OFFER: Offer = {
  file: "f1",
  name: "a.xlsx",
  size: 10,
  can: ["create", "update"],
  keys: [["code"]],
  tables: [{ name: "lines", title: "明细" }],
  targets: [
    { path: "code", title: "编码", table: "", type: "text", use: "write", required: true },
    { path: "name", title: "名称", table: "", type: "text", use: "write", required: true },
    { path: "lines.count", title: "明细 / 数量", table: "lines", type: "decimal", use: "write", required: true },
    { path: "$link", title: "关联号", table: "", type: "", use: "link" },
  ],
  sheets: [{ sheet: 0, name: "物品", rows: 2, header: 1, table: "", titles: ["编码", "叫法"], sample: [["A1", "甲"]], columns: [{ column: 0, field: "code" }, { column: 1, field: "" }] }],
};
const JOB = { id: "j1", kind: "import_check", title: "", state: "done", total: 2, done: 2, failed: 1, result: { created: 1, updated: 0, unchanged: 0, refused: 1, written: false }, error: null, actions: [] };
const FINDING = { sheet: "物品", row: 3, cell: "A3", title: "编码", value: "B1", severity: "error", reason: "编码已被使用", remedy: "" };
const RESUMED = { job: JOB, source: OFFER, choices: { file: "f1", sheets: [], mode: "create", key: [], all_or_nothing: true, clear_blanks: false, submit: false } };

function server() {
  return fakeServer({
    "GET /entities/shop.item": META,
    "POST /imports/shop.item/checks": JOB,
    "POST /imports/shop.item/runs": { ...JOB, id: "j2", kind: "import" },
    "GET /imports/shop.item/jobs/j1": RESUMED,
    "GET /jobs/j1": JOB,
    "GET /jobs/j1/rows": { items: [{ number: 1, outcome: "failed", findings: [FINDING] }], next_cursor: null },
    "GET /jobs/j2": { ...JOB, id: "j2", kind: "import", result: { created: 1, updated: 0, unchanged: 0, refused: 1, written: true } },
    "GET /jobs/j2/rows": { items: [], next_cursor: null },
  });
}

test("a sheet without a field is left out, and required fields without a column are told", () => {
  const sheets = chosenSheets(OFFER.sheets);

  expect(sheets).toEqual([{ sheet: 0, header: 1, table: "", columns: [{ column: 0, field: "code" }] }]);
  expect(missingTargets(OFFER, sheets).map((one) => one.path)).toEqual(["name"]);
});

test("who comes back sees the problems by cell and value and imports the good rows", async () => {
  const sent = server();
  draw(<ImportPage />, { at: "/r/shop.item/import?job=j1", path: "/r/:entity/import" });

  const table = await screen.findByRole("table", { name: "问题明细" });
  expect(within(table).getByText("编码 · A3")).toBeTruthy();
  expect(within(table).getByText("B1")).toBeTruthy();
  await userEvent.click(screen.getByTestId("import-run"));

  expect(await screen.findByText("导入完成。", {}, { timeout: 10_000 })).toBeTruthy();
  expect(sent.find((one) => one.path === "/imports/shop.item/runs")?.body).toMatchObject({ all_or_nothing: false, mode: "create" });
});

test("problems are narrowed by what is typed", async () => {
  server();
  draw(<ImportPage />, { at: "/r/shop.item/import?job=j1", path: "/r/:entity/import" });
  const box = await screen.findByRole("searchbox", { name: "在问题中查找" });

  await userEvent.type(box, "nothing like it");

  expect(await screen.findByText("没有问题")).toBeTruthy();
});

test("who may not import is told so", async () => {
  fakeServer({ "GET /entities/shop.item": { ...META, actions: ["read"] } });

  draw(<ImportPage />, { at: "/r/shop.item/import", path: "/r/:entity/import" });

  expect(await screen.findByText("您无权导入物品")).toBeTruthy();
});

test("the way back leads to the columns, with what was chosen", async () => {
  server();
  draw(<ImportPage />, { at: "/r/shop.item/import?job=j1", path: "/r/:entity/import" });

  fireEvent.click(await screen.findByRole("button", { name: "返回修改" }));

  expect(await screen.findByRole("combobox", { name: "“编码”对应的字段" })).toBeTruthy();
});
