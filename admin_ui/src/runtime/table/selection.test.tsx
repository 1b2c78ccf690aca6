// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { EntityMeta } from "../../api/meta.ts";
import { draw, fakeServer } from "../../ui/testing.tsx";
import { ViewPage } from "./ViewPage.tsx";

const META: EntityMeta = {
  key: "shop.item",
  name: "item",
  title: "物品",
  kind: "master",
  display: "name",
  publication: 1,
  has_flow: false,
  actions: ["read", "create", "update", "delete"],
  fields: [
    { name: "name", title: "名称", type: "text", control: "text", operators: ["contains"], sortable: true },
    { name: "unit", title: "单位", type: "text", control: "text", operators: ["eq"], sortable: true },
    { name: "number", title: "编号", type: "series", control: "series", read_only: true },
  ],
  system_fields: [],
  forms: [],
  views: [{ name: "items", title: "物品", columns: [{ field: "name", title: "名称", type: "text" }], sort: [], search: ["name"] }],
  rules: [],
};
const MENU = { modules: [{ name: "shop", title: "店", icon: null, items: [{ kind: "view", target: "shop.items", title: "物品", entity: "shop.item", entity_title: "物品" }] }] };
const rows = ["螺栓", "螺母", "垫圈", "销"].map((name, place) => ({ id: `r${place}`, version: 1, values: { name }, labels: {} }));
const JOB = { id: "j1", kind: "bulk", title: "批量操作", state: "done", total: 3, done: 3, failed: 1, result: { counts: { updated: 2, refused: 1 } }, error: null, actions: ["undo"] };
const BAD = { code: "not_open", pointer: "", detail: "单据在审批中。", remedy: "请先撤回。", severity: "error", params: {} };

function server(more = false) {
  return fakeServer({
    "GET /menu": MENU,
    "GET /entities/shop.item": META,
    "GET /records/shop.item": { items: rows, next_cursor: more ? "c" : null, has_more: more },
    "POST /records/shop.item/bulk": { job: { id: "j1" }, counts: { updated: 2, refused: 1 }, results: [{ row: 2, status: "refused", id: "r2", problems: [BAD] }], matched: 3, tried: 3 },
    "GET /jobs/j1": JOB,
    "GET /jobs/j1/rows": { items: [{ number: 2, outcome: "failed", record_id: "r2", problems: [BAD] }] },
    "POST /jobs/j1/undo": { ...JOB, id: "j2", kind: "bulk_undo", title: "撤销批量操作", actions: [], failed: 0, result: { counts: { updated: 2 } } },
    "GET /jobs/j2": { ...JOB, id: "j2", kind: "bulk_undo", title: "撤销批量操作", actions: [], failed: 0, result: { counts: { updated: 2 } } },
  });
}

const AT = { at: "/v/shop.items", path: "/v/:view" };
/** The dialog is fetched when it is first wanted. */
const SLOW = { timeout: 15_000 };
const box = (name: string) => screen.findByRole("checkbox", { name });

test("shift chooses all between, escape lets go", async () => {
  server();
  const user = userEvent.setup();
  draw(<ViewPage />, AT);

  await user.click(await box("选择 螺栓"));
  await user.keyboard("{Shift>}");
  await user.click(await box("选择 垫圈"));
  await user.keyboard("{/Shift}");

  expect(screen.getByText("已选 3 条")).toBeTruthy();
  await user.keyboard("{Escape}");
  expect(screen.queryByText(/已选/)).toBeNull();
}, 30_000);

test("many are tried, changed, told one by one and taken back", async () => {
  const log = server();
  const user = userEvent.setup();
  draw(<ViewPage />, AT);

  await user.click(await box("选择已载入的全部记录"));
  await user.click(screen.getByRole("button", { name: "批量修改" }));
  const dialog = await screen.findByTestId("bulk", {}, SLOW);
  expect(within(dialog).queryByText("编号")).toBeNull();
  await user.selectOptions(within(dialog).getByLabelText("再改一个字段"), "单位");
  await user.type(await within(dialog).findByLabelText("单位", {}, SLOW), "箱");
  await user.tab();
  await user.click(within(dialog).getByText("先试算"));
  expect(await within(dialog).findByText("将修改 2 条", {}, SLOW)).toBeTruthy();
  expect(within(dialog).getByText(/请先撤回/)).toBeTruthy();
  await user.click(within(dialog).getByText("修改", { selector: "button" }));
  expect(await within(dialog).findByText("修改 2 条", {}, SLOW)).toBeTruthy();
  await user.click(within(dialog).getByText("全部撤销"));
  await waitFor(() => expect(within(dialog).getByText(/撤销批量操作已完成/)).toBeTruthy());

  const sent = log.filter((one) => one.method === "POST" && one.path.endsWith("/bulk")).map((one) => one.body);
  expect(sent).toEqual([
    { action: "update", ids: ["r0", "r1", "r2", "r3"], values: { unit: "箱" }, dry_run: true },
    { action: "update", ids: ["r0", "r1", "r2", "r3"], values: { unit: "箱" }, dry_run: false },
  ]);
}, 30_000);

test("everything that matches goes with the search, not with ids", async () => {
  const log = server(true);
  const user = userEvent.setup();
  draw(<ViewPage />, { ...AT, at: "/v/shop.items?q=螺" });

  await user.click(await box("选择 螺栓"));
  await user.click(screen.getByRole("button", { name: "选择符合条件的全部记录" }));
  await user.click(screen.getByRole("button", { name: "批量删除" }));
  const dialog = await screen.findByTestId("bulk", {}, SLOW);
  await user.click(within(dialog).getByText("删除", { selector: "button" }));

  await within(dialog).findByText(/已完成/);
  expect(log.find((one) => one.path.endsWith("/bulk"))?.body).toMatchObject({ action: "delete", everything: true, q: "螺", view: "items", filter: null });
}, 30_000);
