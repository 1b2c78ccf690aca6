// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import type { Task } from "../../api/approval.ts";
import { draw, fakeServer, problemResponse } from "../../ui/testing.tsx";
import { InboxPage } from "./InboxPage.tsx";
import { nextTask } from "./useTasks.ts";

vi.mock("../record/RecordPanel.tsx", () => ({
  RecordPanel: ({ id, onActed }: { id: string; onActed: () => void }) => (
    <button type="button" onClick={onActed}>
      panel {id}
    </button>
  ),
}));

function task(number: number): Task {
  return {
    seat_id: `s${number}`,
    rev: number + 1,
    entity: "shop.order",
    entity_title: "订单",
    record_id: `r${number}`,
    record_label: `O-${number}`,
    summary: [{ title: "总额", value: "1,000.00" }],
    node_title: "组长审核",
    flow_title: "订单审批",
    started_by: { id: "p1", name: "张三" },
    started_at: "2026-11-20T06:00:00Z",
    arrived_at: "2026-11-20T06:01:00Z",
    status: "open",
  };
}

function server(extra: Parameters<typeof fakeServer>[0] = {}) {
  const left = [task(1), task(2), task(3)];
  return fakeServer({
    "GET /tasks": () => ({ items: [...left], next_cursor: null }),
    "GET /tasks/counts": () => ({ todo: left.length, copied_unread: 0 }),
    "POST /tasks/s1/agree": () => {
      left.shift();
      return { record: {}, status: "running", next_task: "s2" };
    },
    ...extra,
  });
}

describe("the inbox", () => {
  test("opens the first task beside the list", async () => {
    server();

    draw(<InboxPage />, { at: "/inbox", path: "/inbox" });

    expect(await screen.findByRole("button", { name: "panel r1" })).toBeTruthy();
    expect(screen.getAllByTestId("task")).toHaveLength(3);
  });

  test("agrees in two clicks, with the version of the seat, and the next one opens", async () => {
    const log = server();
    const drawn = draw(<InboxPage />, { at: "/inbox", path: "/inbox" });
    const [first] = await screen.findAllByTestId("task");

    await userEvent.click(within(first as HTMLElement).getByRole("button", { name: "同意" }));
    await userEvent.type(screen.getByLabelText("意见"), "可以");
    await userEvent.click(within(screen.getByTestId("act-dialog")).getByRole("button", { name: "同意" }));

    expect(await screen.findByRole("button", { name: "panel r2" })).toBeTruthy();
    const sent = log.find((one) => one.path === "/tasks/s1/agree");
    expect(sent?.headers.get("If-Match")).toBe('"2"');
    expect(sent?.body).toEqual({ comment: "可以" });
    expect(drawn.address()).toBe("/inbox?box=todo&task=s2");
    expect(screen.getAllByTestId("task")).toHaveLength(2);
  });

  test("returns only with a comment, to the chosen step", async () => {
    const seat = { id: "s1", rev: 2, node_title: "", actions: ["return"], return_targets: [{ node: "start", title: "发起人" }], fields: {} };
    const log = server({
      "GET /records/shop.order/r1/approval": { my_seat: seat },
      "POST /tasks/s1/return": { record: {}, next_task: null },
    });
    draw(<InboxPage />, { at: "/inbox", path: "/inbox" });
    const [first] = await screen.findAllByTestId("task");
    await userEvent.click(within(first as HTMLElement).getByRole("button", { name: "更多处理方式" }));
    await userEvent.click(screen.getByRole("menuitem", { name: "退回" }));
    const dialog = within(screen.getByTestId("act-dialog"));

    await dialog.findByRole("option", { name: "发起人" });
    expect(dialog.getByRole<HTMLButtonElement>("button", { name: "退回" }).disabled).toBe(true);
    await userEvent.type(dialog.getByLabelText(/意见/), "请补附件");
    await userEvent.click(dialog.getByRole("button", { name: "退回" }));

    expect(log.find((one) => one.path === "/tasks/s1/return")?.body).toEqual({ comment: "请补附件", targets: ["start"] });
  });

  test("keeps the dialog and says why when somebody else was faster", async () => {
    server({ "POST /tasks/s1/agree": problemResponse(409, { code: "already_acted", title: "已处理", detail: "李四已经处理过这一步" }) });
    draw(<InboxPage />, { at: "/inbox", path: "/inbox" });
    const [first] = await screen.findAllByTestId("task");

    await userEvent.click(within(first as HTMLElement).getByRole("button", { name: "同意" }));
    await userEvent.click(within(screen.getByTestId("act-dialog")).getByRole("button", { name: "同意" }));

    expect(await screen.findByText("李四已经处理过这一步")).toBeTruthy();
  });

  test("moves on after a decision made in the record itself", async () => {
    server();
    draw(<InboxPage />, { at: "/inbox", path: "/inbox" });

    await userEvent.click(await screen.findByRole("button", { name: "panel r1" }));

    expect(await screen.findByRole("button", { name: "panel r2" })).toBeTruthy();
  });
});

test("after the last task the one before it opens", () => {
  expect([nextTask([task(1), task(2)], "s2"), nextTask([task(1)], "s1")]).toEqual(["s1", null]);
});
