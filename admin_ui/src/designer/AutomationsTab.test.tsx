// @vitest-environment jsdom
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { draw, serve } from "../runtime/form/testing/draw.tsx";
import { AutomationsTab } from "./AutomationsTab.tsx";

const AUTOMATIONS = [
  { key: "shop.first", title: "先做", description: "说明", path: "shop/automations/first.json", order: 5, entity: "shop.order", entity_title: "订单", on: "create", when: "total > 5", effects: ["update", "notify"], on_failure: "log", next_due: null },
  { key: "shop.second", title: "后做", description: "", path: "shop/automations/second.json", order: 9, entity: "", entity_title: "", on: "schedule", when: "", effects: ["create"], on_failure: "refuse", next_due: "2026-11-22T00:00:00Z" },
];
const FAILED = {
  id: "r1", automation: "shop.first", title: "先做", trigger: "create", entity: "shop.order", record_id: "o1", result: "failed", actor: { id: "u1", name: "李四" }, at: "2026-11-20T02:00:00Z", duration_ms: 12,
  problems: [{ code: "automation_refused", pointer: "", detail: "自动化“先做”：编码已被使用", remedy: "换一个", severity: "error", params: {} }], chain: ["先做"], request_id: "q1", replay_of: null, replayed_by: null, can_replay: true,
};

afterEach(cleanup);

test("automations stand in their order; a failed run says why and is played again", async () => {
  const asked = serve({
    "GET /automations": () => ({ items: AUTOMATIONS }),
    "GET /automations/runs": () => ({ items: [FAILED], next_cursor: null }),
    "POST /automations/runs/r1/replay": () => ({ ...FAILED, id: "r2", result: "done", replay_of: "r1", can_replay: false }),
  });
  const user = userEvent.setup();
  draw(<AutomationsTab module="shop" />);

  const list = await screen.findByRole("table", { name: "自动化（按执行顺序）" });
  const log = await screen.findByRole("table", { name: "运行日志" });
  await user.click(within(log).getByRole("button", { name: "重放" }));

  expect(within(list).getAllByRole("link").map((link) => link.textContent)).toEqual(["先做", "后做"]);
  expect(within(list).getByText("修改记录 → 通知")).toBeTruthy();
  expect(within(log).getByText("自动化“先做”：编码已被使用")).toBeTruthy();
  expect(asked.some((one) => one.method === "POST" && one.path.endsWith("/automations/runs/r1/replay"))).toBe(true);
});

test("the log is narrowed by result", async () => {
  const asked = serve({ "GET /automations": () => ({ items: AUTOMATIONS }), "GET /automations/runs": () => ({ items: [], next_cursor: null }) });
  const user = userEvent.setup();
  draw(<AutomationsTab module="shop" />);

  expect(await screen.findByText("还没有运行过")).toBeTruthy();
  await user.selectOptions(screen.getByRole("combobox", { name: "结果" }), "failed");

  expect(await screen.findByText("没有符合条件的运行")).toBeTruthy();
  expect(asked.length).toBeGreaterThan(2);
});
