// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { CardStep } from "../../api/approval.ts";
import { draw } from "../testing.tsx";
import { CardTree } from "./CardTree.tsx";

const STEPS: CardStep[] = [
  { name: "start", title: "", type: "start", state: "done", people: [{ id: "1", name: "张三", status: "submitted", at: "2026-11-20T06:03:00Z" }] },
  {
    name: "size",
    title: "按数额",
    type: "branch",
    state: "done",
    branches: [
      { name: "small", title: "小额", taken: true, steps: [{ name: "lead", title: "组长", type: "approve", state: "current", people: [{ id: "2", name: "李四", status: "waiting", comment: "稍等" }] }] },
      { name: "large", title: "大额", taken: false, steps: [{ name: "head", title: "主管", type: "approve", state: "skipped" }] },
    ],
  },
  { name: "end", title: "结束", type: "end", state: "future" },
];

test("cards come in order, with people, branches and the current step", () => {
  draw(<CardTree steps={STEPS} />);

  const path = screen.getByRole("list", { name: "审批路径" });
  expect(within(path).getByText("发起")).toBeTruthy();
  expect(within(path).getByText("张三")).toBeTruthy();
  const small = screen.getByRole("list", { name: "小额" });
  const current = within(small).getByRole("listitem", { current: "step" });
  expect(current.textContent).toContain("组长进行中李四待处理");
  expect(current.textContent).toContain("稍等");
  expect(screen.getByText("走此分支")).toBeTruthy();
  expect(screen.getByRole("list", { name: "大额" }).parentElement?.className).toContain("fw-cards-untaken");
});

test("a definition that has not run has no states", () => {
  draw(<CardTree steps={[{ name: "a", title: "审核", type: "approve", rules: [{ kind: "role", value: "组长" }], mode: "any" }]} />, { language: "en" });

  expect(screen.getByText("role 组长 · any one of them")).toBeTruthy();
  expect(screen.queryByText("To come")).toBeNull();
});

test("cards can be pressed when somebody listens", async () => {
  const press = vi.fn<(step: CardStep) => void>();
  draw(<CardTree steps={STEPS} onStep={press} />);

  await userEvent.click(screen.getByRole("button", { name: /组长/ }));

  expect(press).toHaveBeenCalledWith(expect.objectContaining({ name: "lead" }));
});
