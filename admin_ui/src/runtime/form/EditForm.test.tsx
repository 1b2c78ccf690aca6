// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { draftStorage, LocalDrafts } from "../../core/form/draft_storage.ts";
import { draftKey } from "../../core/form/drafts.ts";
import { ORDER, savedOrder } from "../../core/form/testing/order.ts";
import { toastStore } from "../../ui/toasts.ts";
import { FormPage } from "./FormPage.tsx";
import { draw, Refusal, serve, type Answer } from "./testing/draw.tsx";

const ROUTES = [
  { path: "/r/:entity/new", element: <FormPage /> },
  { path: "/r/:entity/:id/edit", element: <FormPage /> },
  { path: "/r/:entity/:id", element: <p>record page</p> },
];
const APPROVAL = { instance: null, path: [], seats: [], events: [], my_seat: null, prediction: [{ node: "a", title: "项目经理", people: [{ id: "u2", name: "张三" }] }] };
const KEY = draftKey("u1", "shop.order", "o1");

function open(address: string, answers: Readonly<Record<string, Answer>> = {}) {
  const asked = serve({
    "GET /session": () => ({ person: { id: "u1", name: "我" } }),
    "GET /entities/shop.order": () => ORDER,
    "GET /records/shop.order/o1": () => savedOrder(),
    "GET /records/shop.order/o1/approval": () => APPROVAL,
    "GET /records/shop.order/template": () => ({ values: { kind: "plain", due: "2026-11-30" } }),
    ...answers,
  });
  return { asked, user: userEvent.setup(), ...draw(<p />, address, ROUTES) };
}

const edit = (answers?: Readonly<Record<string, Answer>>) => open("/r/shop.order/o1/edit", answers);
const sent = (asked: ReturnType<typeof open>["asked"], method: string) => asked.filter((one) => one.method === method && !one.path.endsWith("/check"));

beforeEach(() => localStorage.clear());
afterEach(cleanup);

test("only what changed is sent, with the version it was made on", async () => {
  const { asked, user } = edit({ "PATCH /records/shop.order/o1": () => savedOrder({ version: 4 }) });

  await user.selectOptions(await screen.findByLabelText("类别"), "特殊");
  await user.type(screen.getByLabelText(/原因/), "加急");
  await user.click(screen.getByRole("button", { name: "保存草稿" }));

  await screen.findByText("record page");
  const [patch] = sent(asked, "PATCH");
  expect(patch?.body).toEqual({ finishes: true, values: { kind: "special", reason: "加急" } });
  expect(patch?.headers.get("If-Match")).toBe('"3"');
});

test("the bar says who is next", async () => {
  edit();

  expect((await screen.findByTestId("next-step")).textContent).toContain("下一步：项目经理 张三");
});

test("a new record starts from the template; saving and submitting are two requests", async () => {
  const { asked, user } = open("/r/shop.order/new", {
    "POST /records/shop.order": () => savedOrder({ id: "o9", version: 1 }),
    "POST /records/shop.order/o9/submit": () => savedOrder({ id: "o9", version: 2, status: "in_approval" }),
    "GET /records/shop.customer/options": ({ query }) => ({ items: query.get("q") === "甲" ? [{ id: "c1", label: "甲公司" }] : [] }),
    "GET /records/shop.item/options": ({ query }) => ({ items: query.get("q") === "水" ? [{ id: "i1", label: "水泥" }] : [] }),
  });

  await user.type(await screen.findByLabelText(/客户\*/), "甲");
  await screen.findByRole("option", { name: "甲公司" });
  await user.keyboard("{Enter}");
  await user.click(screen.getByRole("button", { name: "添加明细" }));
  await user.type(screen.getByLabelText("物品，第 1 行"), "水");
  await screen.findByRole("option", { name: "水泥" });
  await user.keyboard("{Enter}");
  await user.type(screen.getByLabelText("数量，第 1 行"), "2");
  await user.click(screen.getByRole("button", { name: "提交审批" }));

  await screen.findByText("record page");
  const [create, submit] = sent(asked, "POST");
  expect(create?.body).toEqual({ finishes: true, values: { kind: "plain", due: "2026-11-30", customer: "c1", lines: [{ item: "i1", quantity: "2" }] } });
  expect(create?.headers.get("Idempotency-Key")).toBeTruthy();
  expect(submit?.headers.get("If-Match")).toBe('"1"');
});

test("what the browser finds wrong is not sent, and the focus goes there", async () => {
  const { asked, user } = edit();

  await user.selectOptions(await screen.findByLabelText("类别"), "特殊");
  await user.click(screen.getByRole("button", { name: "保存草稿" }));

  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/原因/)));
  expect(screen.getByTestId("error-summary").textContent).toContain("原因：必须填写");
  expect(sent(asked, "PATCH")).toEqual([]);
});

test("what the server finds wrong stands at its field", async () => {
  const refusal = new Refusal(422, { code: "invalid", problems: [{ code: "rule_violated", pointer: "/values/lines/1/price", detail: "超过限价", remedy: "降低单价", severity: "error", params: {} }] });
  const { user } = edit({ "PATCH /records/shop.order/o1": () => refusal });

  await user.selectOptions(await screen.findByLabelText("类别"), "特殊");
  await user.type(screen.getByLabelText(/原因/), "急");
  await user.click(screen.getByRole("button", { name: "保存草稿" }));

  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("单价，第 2 行")));
  expect(screen.getByLabelText<HTMLInputElement>(/原因/).value).toBe("急");
});

test("a broken server loses nothing and is tried again with the same key", async () => {
  let times = 0;
  const { asked, user } = open("/r/shop.order/new", {
    "GET /entities/shop.order": () => ({ ...ORDER, fields: ORDER.fields.filter((field) => ["kind", "due"].includes(field.name)), forms: [], rules: [] }),
    "POST /records/shop.order": () => (times++ === 0 ? new TypeError("offline") : savedOrder({ id: "o9" })),
  });

  await user.selectOptions(await screen.findByLabelText("类别"), "特殊");
  await user.click(screen.getByRole("button", { name: "保存草稿" }));
  expect((await screen.findByRole("alert")).textContent).toContain("没有丢失");
  expect(screen.getByLabelText<HTMLSelectElement>("类别").value).toBe("special");
  await user.click(screen.getByRole("button", { name: "重试" }));

  await screen.findByText("record page");
  const keys = sent(asked, "POST").map((one) => one.headers.get("Idempotency-Key"));
  expect(keys[0]).toBe(keys[1]);
});

test("both changed the same: it is shown and chosen, what does not meet comes along, and all is saved on their version", async () => {
  const theirs = savedOrder({ version: 5, values: { ...savedOrder().values, due: "2026-12-24", discount: "0.2000" } });
  let reads = 0;
  const { asked, user } = edit({
    "GET /records/shop.order/o1": () => (reads++ === 0 ? savedOrder() : theirs),
    "PATCH /records/shop.order/o1": ({ headers }) => (headers.get("If-Match") === '"5"' ? savedOrder({ version: 6 }) : new Refusal(409, { code: "merge_conflict", params: { given: 3, current: 5, count: 1 } })),
  });

  await user.click(await screen.findByRole("tab", { name: "条款" }));
  const due = screen.getByLabelText("交期");
  await user.clear(due);
  await user.type(due, "2026-12-01");
  await user.click(screen.getByRole("button", { name: "保存草稿" }));
  const dialog = await screen.findByTestId("conflict");
  expect(within(dialog).queryByText("20%")).toBeNull();
  expect(within(dialog).getByText(/另外 1 处修改/)).toBeTruthy();
  const [mine, their] = within(within(dialog).getByRole("group", { name: "交期", hidden: true })).getAllByRole<HTMLInputElement>("radio", { hidden: true });
  expect([mine?.checked, their?.checked]).toEqual([true, false]);
  await user.click(within(dialog).getByText("按选择保存"));

  await screen.findByText("record page");
  expect(sent(asked, "PATCH").at(-1)?.body).toEqual({ finishes: true, values: { due: "2026-12-01" } });
});

test("changes that do not meet come together by themselves, with a quiet word", async () => {
  const merged = { base: 3, onto: 4, yours: ["due"], theirs: ["discount"] };
  const { user } = edit({ "PATCH /records/shop.order/o1": () => ({ ...savedOrder({ version: 5 }), merged }) });

  await user.click(await screen.findByRole("tab", { name: "条款" }));
  await user.clear(screen.getByLabelText("交期"));
  await user.type(screen.getByLabelText("交期"), "2026-12-01");
  await user.click(screen.getByRole("button", { name: "保存草稿" }));

  await screen.findByText("record page");
  expect(toastStore.current().at(-1)?.text).toContain("合并了其他人");
});

test("what was typed and not saved comes back, and can be thrown away", async () => {
  const record = savedOrder();
  await draftStorage().put(KEY, { values: { ...record.values, kind: "special", reason: "没保存" }, base: record.values, labels: {}, version: 3, saved_at: "2026-11-20T08:00:00Z" });
  const { user } = edit();

  expect((await screen.findByLabelText<HTMLInputElement>(/原因/)).value).toBe("没保存");
  expect(screen.getByLabelText<HTMLInputElement>(/客户\*/).value).toBe("甲公司");
  await user.click(screen.getByRole("button", { name: "放弃这些内容" }));

  expect(screen.queryByLabelText(/原因/)).toBeNull();
  await waitFor(async () => expect(await draftStorage().get(KEY)).toBeNull());
});

test("leaving a field keeps a draft; saving takes it away", async () => {
  const { user } = edit({ "PATCH /records/shop.order/o1": () => savedOrder({ version: 4 }) });
  const storage = new LocalDrafts(localStorage);

  await user.selectOptions(await screen.findByLabelText("类别"), "特殊");
  await user.type(screen.getByLabelText(/原因/), "急");
  await user.tab();
  await waitFor(async () => expect((await storage.get(KEY))?.values).toMatchObject({ reason: "急" }));
  await user.click(screen.getByRole("button", { name: "保存草稿" }));

  await screen.findByText("record page");
  expect(await storage.get(KEY)).toBeNull();
});

test("a draft over an older version meets the newer one when it is saved", async () => {
  const record = savedOrder();
  await draftStorage().put(KEY, { values: { ...record.values, due: "2026-12-01" }, base: record.values, labels: {}, version: 2, saved_at: "2026-11-20T08:00:00Z" });
  const { asked, user } = edit({ "PATCH /records/shop.order/o1": () => new Refusal(412, { code: "stale" }) });

  await screen.findByText(/已恢复/);
  await user.click(screen.getByRole("button", { name: "保存草稿" }));

  await screen.findByTestId("conflict");
  expect(sent(asked, "PATCH")[0]?.headers.get("If-Match")).toBe('"2"');
});

test("a submission that is refused leaves a stored record and its problems on the page", async () => {
  const { asked, user } = edit({
    "POST /records/shop.order/o1/submit": () => new Refusal(422, { code: "invalid", problems: [{ code: "rule_violated", pointer: "/lines/0/quantity", detail: "库存不足", remedy: "", severity: "error", params: {} }] }),
  });

  await user.click(await screen.findByRole("button", { name: "提交审批" }));

  expect((await screen.findByTestId("error-summary")).textContent).toContain("明细 第 1 行 · 数量：库存不足");
  expect(sent(asked, "PATCH")).toEqual([]);
});

test("a record that cannot be loaded says why", async () => {
  edit({ "GET /records/shop.order/o1": () => new Refusal(403, { code: "forbidden", title: "不允许" }) });

  expect((await screen.findByTestId("error-state")).textContent).toContain("不允许");
});
