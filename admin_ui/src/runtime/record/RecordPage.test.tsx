// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ORDER, savedOrder } from "../../core/form/testing/order.ts";
import { draw, Refusal, serve, type Answer } from "../form/testing/draw.tsx";
import { RecordPage } from "./RecordPage.tsx";
import { RecordPanel } from "./RecordPanel.tsx";

const SEAT = { id: "s1", rev: 2, node_title: "项目经理", actions: ["agree", "reject", "return", "transfer"], return_targets: [{ node: "start", title: "发起人" }], fields: { due: "write" } };
const APPROVAL = {
  instance: { id: "i1", status: "running", round: 1, started_at: "2026-11-20T01:00:00Z", flow_title: "订单审批" },
  path: [{ name: "start", title: "发起", type: "start", state: "done", people: [] }, { name: "site", title: "项目经理", type: "approve", state: "current", people: [{ id: "u1", name: "我", status: "waiting" }] }],
  seats: [],
  events: [{ at: "2026-11-20T01:00:00Z", verb: "submit", verb_title: "提交", actor: { id: "u3", name: "李四" }, node_title: "发起", comment: "请审", payload: null }],
  my_seat: null as unknown,
  prediction: [],
};

function answers(parts: Readonly<Record<string, Answer>> = {}, seat: unknown = null, record = savedOrder()) {
  return serve({
    "GET /session": () => ({ person: { id: "u1", name: "我" } }),
    "GET /entities/shop.order": () => ORDER,
    "GET /records/shop.order/o1": () => record,
    "GET /records/shop.order/o1/approval": () => ({ ...APPROVAL, my_seat: seat }),
    "GET /records/shop.order/o1/history": () => ({ items: [{ at: "2026-11-20T02:00:00Z", actor: { id: "u3", name: "李四" }, action: "update", request_id: "r1", changes: [{ path: "discount", title: "折扣", before: "0.0500", after: "0.1000" }] }] }),
    "GET /records/shop.order/o1/entries": () => ({ items: [{ ledger: "shop.sale", ledger_title: "销售台账", posting: "sale", stage: "reserved", entry_kind: "original", values: { customer: "c1", amount: "-918.9" }, labels: { customer: "甲公司" } }] }),
    "GET /entities/shop.sale": () => ({ ...ORDER, key: "shop.sale", fields: [{ name: "customer", title: "客户", type: "reference", control: "reference", to: "shop.customer" }, { name: "amount", title: "金额", type: "money", control: "money", scale: 2 }] }),
    ...parts,
  });
}

const page = () => draw(<p />, "/r/shop.order/o1", [{ path: "/r/:entity/:id", element: <RecordPage /> }, { path: "/r/:entity/:id/edit", element: <p>edit page</p> }]);

const cameIn = () => screen.queryAllByRole("region", { name: /新增$/ }).length;

afterEach(cleanup);

test("values, status, path and events are there; nothing is a box", async () => {
  answers();
  page();

  expect(await screen.findByRole("heading", { level: 1, name: "D-001" })).toBeTruthy();
  expect(screen.getByText("草稿")).toBeTruthy();
  await waitFor(() => expect(screen.getAllByText("1,021.00")).toHaveLength(2));
  expect(await screen.findByText("请审")).toBeTruthy();
  expect(within(screen.getByRole("region", { name: "审批" })).getByText("项目经理")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("history says from what to what; entries open what they refer to", async () => {
  answers();
  const user = userEvent.setup();
  page();

  const change = (await screen.findByText("折扣", { selector: "dt" })).parentElement;
  expect(change?.textContent).toContain("5%");
  expect(change?.textContent).toContain("10%");
  await user.click(screen.getByRole("tab", { name: "台账记录" }));

  expect((await screen.findByRole("link", { name: "甲公司" })).getAttribute("href")).toBe("/r/shop.customer/c1");
  expect(screen.getByText("-918.90").className).toContain("fw-negative");
  expect(screen.getByText("已预占")).toBeTruthy();
});

test("rows that a record began with are drawn when they are asked for, fifty at a time", async () => {
  const rows = Array.from({ length: 120 }, (_, at) => ({ path: "lines", title: "明细", kind: "added", id: `l${at}`, at, changes: [], rows: [] }));
  answers({ "GET /records/shop.order/o1/history": () => ({ items: [{ at: "2026-11-20T02:00:00Z", actor: null, action: "create", request_id: "r1", changes: [], rows }] }) });
  const user = userEvent.setup();
  page();

  const folded = await screen.findByText("120 项内容");
  expect(cameIn()).toBe(0);
  await user.click(folded);
  await waitFor(() => expect(cameIn()).toBe(50));
  await user.click(screen.getByRole("button", { name: "再看 50 行（共 120 行）" }));

  expect(cameIn()).toBe(100);
  expect(screen.getByRole("button", { name: "再看 20 行（共 120 行）" })).toBeTruthy();
});

test("voiding asks for the name to be typed", async () => {
  const asked = answers({ "POST /records/shop.order/o1/void": () => savedOrder({ status: "void", version: 4 }) }, null, savedOrder({ actions: ["read", "void"], status: "approved" }));
  const user = userEvent.setup();
  page();

  await user.click(await screen.findByRole("button", { name: "作废" }));
  const dialog = screen.getByRole("dialog", { hidden: true });
  const confirm = within(dialog).getByText("作废", { selector: "button" });
  expect((confirm as HTMLButtonElement).disabled).toBe(true);
  await user.type(within(dialog).getByLabelText(/D-001/), "D-001");
  await user.click(confirm);

  await waitFor(() => expect(asked.find((one) => one.method === "POST")?.headers.get("If-Match")).toBe('"3"'));
});

test("a submission that is refused leads to the form", async () => {
  answers({ "POST /records/shop.order/o1/submit": () => new Refusal(422, { code: "invalid", problems: [{ code: "required", pointer: "/values/due", detail: "交期必须填写", remedy: "", severity: "error", params: {} }] }) });
  const user = userEvent.setup();
  page();

  await user.click(await screen.findByRole("button", { name: "提交审批" }));

  expect(await screen.findByText("edit page")).toBeTruthy();
});

test("agreeing saves what the step may change, then agrees on the seat's revision", async () => {
  const asked = answers(
    { "PATCH /records/shop.order/o1": () => savedOrder({ version: 4 }), "POST /tasks/s1/agree": () => ({ record: savedOrder({ version: 5 }), next_task: "s9" }) },
    SEAT,
    savedOrder({ status: "in_approval", actions: ["read"] }),
  );
  const acted = vi.fn<(answer: unknown) => void>();
  const user = userEvent.setup();
  draw(<RecordPanel entity="shop.order" id="o1" onActed={acted} />);

  await user.click(await screen.findByRole("tab", { name: "条款" }));
  const due = await screen.findByLabelText<HTMLInputElement>("交期", { selector: "input" });
  expect(screen.queryByLabelText("折扣", { selector: "input" })).toBeNull();
  await user.clear(due);
  await user.type(due, "2026-12-01");
  await user.type(screen.getByLabelText("意见"), "可以");
  await user.click(screen.getByRole("button", { name: "同意" }));

  await waitFor(() => expect(acted).toHaveBeenCalledWith(expect.objectContaining({ next_task: "s9" })));
  const [patch, agree] = asked.filter((one) => one.method !== "GET");
  expect(patch?.body).toEqual({ finishes: true, values: { due: "2026-12-01" } });
  expect(agree?.body).toEqual({ comment: "可以" });
  expect(agree?.headers.get("If-Match")).toBe('"2"');
});

test("returning names a step and a reason", async () => {
  const asked = answers({ "POST /tasks/s1/return": () => ({ record: savedOrder(), next_task: null }) }, { ...SEAT, fields: {} });
  const user = userEvent.setup();
  page();

  await user.click(await screen.findByRole("button", { name: "退回" }));
  const dialog = screen.getByRole("dialog", { hidden: true });
  const act = within(dialog).getByText("退回", { selector: "button" }) as HTMLButtonElement;
  expect(act.disabled).toBe(true);
  await user.type(within(dialog).getByLabelText(/意见/), "补充说明");
  await user.click(act);

  await waitFor(() => expect(asked.find((one) => one.method === "POST")?.body).toEqual({ comment: "补充说明", targets: ["start"], resume: "redo_path" }));
});

test("somebody was faster: it is said, and the page shows what is", async () => {
  const acted = vi.fn<(answer: unknown) => void>();
  answers({ "POST /tasks/s1/agree": () => new Refusal(409, { code: "already_acted", title: "已有人处理" }) }, { ...SEAT, fields: {} });
  const user = userEvent.setup();
  draw(<RecordPanel entity="shop.order" id="o1" onActed={acted} />);

  await user.click(await screen.findByRole("button", { name: "同意" }));

  await waitFor(() => expect(acted).toHaveBeenCalledWith(null));
});

test("what cannot be opened says why", async () => {
  answers({ "GET /records/shop.order/o1": () => new Refusal(404, { code: "not_found" }) });
  page();

  expect(await screen.findByTestId("error-state")).toBeTruthy();
});

const CAME = { path: "lines", title: "明细", kind: "added", id: "l9", at: 1, changes: [{ path: "lines.count", title: "数量", before: null, after: "7" }], rows: [] };
const UPDATES = [
  { id: 3, at: "2026-11-20T03:00:00Z", actor: { id: "u3", name: "李四" }, action: "update", version: 3, via: "bulk", changes: [], rows: [CAME] },
  { id: 2, at: "2026-11-20T02:00:00Z", actor: { id: "u3", name: "李四" }, action: "update", version: 2, changes: [{ path: "discount", title: "折扣", before: "0.0500", after: "0.1000" }], rows: [] },
];

test("rows that came are told in one line, and through what", async () => {
  answers({ "GET /records/shop.order/o1/history": () => ({ items: UPDATES, labels: {}, next_cursor: null }) });
  page();

  const row = await screen.findByRole("region", { name: "明细 新增" });

  expect(row.textContent).toContain("第 2 行");
  expect(row.textContent).toContain("7");
  expect(screen.getByText("批量操作")).toBeTruthy();
});

test("an older version is looked at, then restored on the version that is seen", async () => {
  const asked = answers(
    {
      "GET /records/shop.order/o1/history": () => ({ items: UPDATES, labels: {}, next_cursor: null }),
      "GET /records/shop.order/o1/versions/2": () => ({ version: 2, changes: [{ path: "discount", title: "折扣", before: "0.2000", after: "0.1000" }], rows: [], labels: {}, problems: [] }),
      "POST /records/shop.order/o1/restore": () => savedOrder({ version: 4 }),
    },
    null,
    savedOrder({ version: 3, actions: ["update"] }),
  );
  const user = userEvent.setup();
  page();

  await user.click(await screen.findByRole("button", { name: "恢复到第 2 版" }));
  const dialog = await screen.findByTestId("restore");
  expect(await within(dialog).findByText("20%")).toBeTruthy();
  await user.click(within(dialog).getByText("恢复", { selector: "button" }));

  await waitFor(() => expect(screen.queryByTestId("restore")).toBeNull());
  const sent = asked.find((one) => one.method === "POST" && one.path.endsWith("/restore"));
  expect([sent?.body, sent?.headers.get("If-Match")]).toEqual([{ version: 2 }, '"3"']);
});
