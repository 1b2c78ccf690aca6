// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { EntityMeta } from "../../api/meta.ts";
import { draw, fakeServer, problemResponse } from "../../ui/testing.tsx";
import { ViewPage } from "./ViewPage.tsx";

const META: EntityMeta = {
  key: "shop.order",
  name: "order",
  title: "订单",
  kind: "document",
  display: "number",
  publication: 1,
  has_flow: true,
  actions: ["read", "create"],
  fields: [
    { name: "number", title: "编号", type: "series", control: "series", operators: ["contains", "eq"], sortable: true },
    { name: "machine", title: "机械", type: "reference", control: "reference", to: "shop.machine", operators: ["eq"], sortable: true },
    { name: "total", title: "总额", type: "money", control: "money", scale: 2, operators: ["gt", "le"], sortable: true },
  ],
  system_fields: [{ name: "status", title: "状态", type: "select", control: "select", options: [{ value: "draft", title: "草稿", tone: "grey" }], sortable: true }],
  forms: [],
  views: [
    {
      name: "orders",
      title: "订单列表",
      columns: [
        { field: "number", title: "编号", type: "series" },
        { field: "machine", title: "机械", type: "reference" },
        { field: "total", title: "总额", type: "money", scale: 2, total: "sum" },
        { field: "status", title: "状态", type: "select" },
      ],
      sort: ["-number"],
      search: ["number"],
    },
  ],
  rules: [],
};
const MENU = { modules: [{ name: "shop", title: "店", icon: null, items: [{ kind: "view", target: "shop.orders", title: "订单", entity: "shop.order", entity_title: "订单" }] }] };
const ROW = { id: "r1", version: 1, status: "draft", values: { number: "O-1", machine: "m1", total: "-1234.5" }, labels: { machine: "吊车" } };

function server(items: unknown[]) {
  return fakeServer({
    "GET /menu": MENU,
    "GET /entities/shop.order": META,
    "GET /records/shop.order": { items, next_cursor: null, has_more: false },
    "GET /records/shop.order/totals": { totals: { total: "-1234.50" } },
  });
}

const AT = { path: "/v/:view" };

test("rows show labels, amounts with thousands and a sign, the status in words, and totals", async () => {
  server([ROW]);

  draw(<ViewPage />, { at: "/v/shop.orders", ...AT });

  const link = await screen.findByRole("link", { name: "O-1" });
  expect(link.getAttribute("href")).toBe("/r/shop.order/r1");
  expect(screen.getByText("吊车")).toBeTruthy();
  expect(screen.getByText("草稿").className).toContain("fw-tone-grey");
  const amount = screen.getAllByText("-1,234.50")[0];
  expect(amount?.className).toContain("fw-negative");
  expect(within(await screen.findByTestId("totals")).getByText("-1,234.50")).toBeTruthy();
});

test("a press on a head sorts, in the address and in the request", async () => {
  const log = server([ROW]);
  const drawn = draw(<ViewPage />, { at: "/v/shop.orders", ...AT });

  await userEvent.click(await screen.findByRole("button", { name: "总额" }));

  expect(drawn.address()).toBe("/v/shop.orders?sort=total");
  await screen.findByRole("columnheader", { name: /总额/ });
  expect(log.at(-1)?.params.get("sort") ?? log.findLast((sent) => sent.path === "/records/shop.order")?.params.get("sort")).toBe("total");
});

test("a filter of the address is a chip that can be taken away", async () => {
  const log = server([ROW]);
  const filter = JSON.stringify({ and: [{ field: "total", op: "gt", value: "1000" }] });
  const drawn = draw(<ViewPage />, { at: `/v/shop.orders?filter=${encodeURIComponent(filter)}`, ...AT });

  expect(await screen.findByText("总额 大于 1,000.00")).toBeTruthy();
  expect(log.find((sent) => sent.path === "/records/shop.order")?.params.get("filter")).toBe(filter);
  await userEvent.click(screen.getByRole("button", { name: "移除条件：总额 大于 1,000.00" }));

  expect(drawn.address()).toBe("/v/shop.orders");
});

test("a condition is built in the dialog", async () => {
  server([ROW]);
  const drawn = draw(<ViewPage />, { at: "/v/shop.orders", ...AT });
  await userEvent.click(await screen.findByRole("button", { name: "筛选" }));

  await userEvent.selectOptions(screen.getByLabelText("字段"), "total");
  await userEvent.type(screen.getByLabelText("总额的值"), "50");
  await userEvent.click(screen.getByRole("button", { name: "应用筛选" }));

  expect(new URLSearchParams(drawn.address().split("?")[1]).get("filter")).toBe('{"and":[{"field":"total","op":"le","value":"50"}]}');
});

test("an empty list says so and offers the first record", async () => {
  server([]);

  draw(<ViewPage />, { at: "/v/shop.orders", ...AT });

  expect(within(await screen.findByTestId("empty")).getByRole("button", { name: "新建订单" })).toBeTruthy();
});

test("a failed list says why and can be tried again", async () => {
  fakeServer({ "GET /menu": MENU, "GET /entities/shop.order": META, "GET /records/shop.order": problemResponse(403, { title: "不允许", detail: "没有查看权限" }) });

  draw(<ViewPage />, { at: "/v/shop.orders", ...AT });

  expect(await screen.findByText("没有查看权限")).toBeTruthy();
  expect(screen.getByRole("button", { name: "重试" })).toBeTruthy();
});
