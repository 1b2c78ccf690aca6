// @vitest-environment jsdom
import { cleanup, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { serve } from "../testing/draw.tsx";
import { lateHost } from "../testing/host.tsx";

afterEach(cleanup);

const OPTIONS = [{ value: "a", title: "甲" }, { value: "b", title: "乙" }, { value: "c", title: "丙" }];
const TREE = [{ value: "hw", title: "硬件", options: [{ value: "cpu", title: "处理器" }, { value: "ram", title: "内存", options: [{ value: "ddr", title: "双倍" }] }] }, { value: "sw", title: "软件", options: [{ value: "os", title: "系统" }] }];

test.each(["radio", "buttons"])("%s: one of a few, taken back by pressing it again", async (control) => {
  const { user, told } = await lateHost(control, null, { type: "select", options: OPTIONS });

  await user.click(screen.getByRole("radio", { name: "乙" }));
  expect(told).toHaveBeenLastCalledWith("b");
  await user.click(screen.getByRole("radio", { name: "乙" }));

  expect(told).toHaveBeenLastCalledWith(null);
});

test("a switch", async () => {
  const { user, told } = await lateHost("switch", false, { type: "boolean" });

  await user.click(screen.getByRole("switch"));

  expect(told).toHaveBeenLastCalledWith(true);
});

test("a ranking keeps its own order", async () => {
  const { user, told } = await lateHost("ranking", null, { type: "multi_select", options: OPTIONS });

  for (const name of ["加入 丙", "加入 甲"]) await user.click(screen.getByRole("button", { name }));
  expect(told).toHaveBeenLastCalledWith(["c", "a"]);
  await user.click(screen.getByRole("button", { name: "上移 甲" }));
  expect(told).toHaveBeenLastCalledWith(["a", "c"]);
  await user.click(screen.getByRole("button", { name: "移除 丙" }));

  expect(told).toHaveBeenLastCalledWith(["a"]);
});

test("a cascade by the keyboard: down, right, Enter; only a last level ends it", async () => {
  const { box, user, told } = await lateHost("cascade", null, { options: TREE });

  box().focus();
  await user.keyboard("{ArrowDown}");
  await screen.findByRole("option", { name: "硬件" });
  await user.keyboard("{ArrowRight}");
  await screen.findByRole("option", { name: "处理器" });
  await user.keyboard("{ArrowDown}{Enter}");
  await screen.findByRole("option", { name: "双倍" });
  expect(told).not.toHaveBeenCalled();
  await user.keyboard("{Enter}");

  expect(told).toHaveBeenLastCalledWith("ddr");
  expect(box().value).toBe("硬件 / 内存 / 双倍");
});

test("a cascade is searched by typing, and cleared", async () => {
  const { box, user, told } = await lateHost("cascade", null, { options: TREE });

  await user.type(box(), "系");
  await screen.findByRole("option", { name: "软件 / 系统" });
  await user.keyboard("{Enter}");
  expect(told).toHaveBeenLastCalledWith("os");
  await user.click(screen.getByRole("button", { name: "清除" }));

  expect(told).toHaveBeenLastCalledWith(null);
});

test("any level of a cascade where the field says so", async () => {
  const { box, user, told } = await lateHost("cascade", null, { options: TREE, any_level: true });

  await user.click(box());
  await user.click(await screen.findByRole("option", { name: "硬件" }));

  expect(told).toHaveBeenLastCalledWith("hw");
});

test("a region level by level, and its way for reading", async () => {
  serve({ "GET /regions": () => ({ regions: { "440000": "广东省", "440300": "深圳市", "440305": "南山区", "110000": "北京市", "110100": "市辖区", "110101": "东城区" } }) });
  const { user, told } = await lateHost("region", null, { level: "county" });

  await waitFor(async () => {
    await user.click(document.getElementById("x") as HTMLElement);
    expect(screen.getByRole("option", { name: "广东省" })).toBeTruthy();
  });
  await user.click(screen.getByRole("option", { name: "广东省" }));
  await user.click(await screen.findByRole("option", { name: "深圳市" }));
  await user.click(await screen.findByRole("option", { name: "南山区" }));

  expect(told).toHaveBeenLastCalledWith("440305");
  expect((document.getElementById("x") as HTMLInputElement).value).toBe("广东省 / 深圳市 / 南山区");
});

test("several people: chips, a picker that leaves out who is there, one taken away", async () => {
  serve({ "GET /people": ({ query }) => ({ items: [{ id: "u1", name: "张三", login: "zs" }, { id: "u2", name: "李四", login: "ls" }].filter((one) => !query.get("ids") || query.get("ids")?.includes(one.id)) }) });
  const { box, user, told } = await lateHost("users", ["u1"]);
  await screen.findByText("张三");

  await user.click(box());
  await screen.findByRole("option", { name: /李四/ });
  expect(screen.queryByRole("option", { name: /张三/ })).toBeNull();
  await user.keyboard("{Enter}");
  expect(told).toHaveBeenLastCalledWith(["u1", "u2"], "张三、李四");
  await user.click(await screen.findByRole("button", { name: "移除 张三" }));

  expect(told).toHaveBeenLastCalledWith(["u2"], "李四");
});

test("several records, searched by the server for this field", async () => {
  const asked = serve({ "GET /records/shop.item/options": () => ({ items: [{ id: "i1", label: "水泥" }] }) });
  const { box, user, told } = await lateHost("references", null, { to: "shop.item" });

  await user.type(box(), "s");
  await screen.findByRole("option", { name: "水泥" });
  await user.keyboard("{Enter}");

  await waitFor(() => expect(told).toHaveBeenLastCalledWith(["i1"], "水泥"));
  expect(asked.find((one) => one.query.get("q") === "s")?.query.get("field")).toBe("shop.order.x");
});

test("a record of one of several kinds: first the kind, then which", async () => {
  serve({ "GET /records/shop.item/options": () => ({ items: [{ id: "i1", label: "水泥" }] }) });
  const { box, user, told } = await lateHost("dynamic_reference", null, { targets: [{ entity: "shop.item", title: "物品" }, { entity: "shop.customer", title: "客户" }] });
  expect(box().disabled).toBe(true);

  await user.selectOptions(screen.getByLabelText("字段的种类"), "物品");
  await user.type(box(), "水");
  await screen.findByRole("option", { name: "水泥" });
  await user.keyboard("{Enter}");

  await waitFor(() => expect(told).toHaveBeenLastCalledWith({ entity: "shop.item", id: "i1" }, "水泥"));
});

test("a role", async () => {
  serve({ "GET /roles": () => ({ items: [{ key: "shop.buyer", title: "采购员", module: "shop" }] }) });
  const { box, user, told } = await lateHost("role");
  await screen.findByText("采购员");

  await user.selectOptions(box(), "采购员");

  expect(told).toHaveBeenLastCalledWith("shop.buyer");
});

test("a record of a tree, level by level from the server", async () => {
  const parents: unknown[] = [];
  serve({
    "GET /entities/shop.place": () => ({ display: "name", fields: [{ name: "above", type: "tree_parent" }, { name: "name", type: "text" }] }),
    "GET /records/shop.place": ({ query }) => {
      const asked = (JSON.parse(query.get("filter") ?? "{}") as { and: { op: string; value?: string }[] }).and[0];
      parents.push(asked);
      return { items: asked?.op === "blank" ? [{ id: "p1", values: { name: "一楼" } }] : asked?.value === "p1" ? [{ id: "p2", values: { name: "大厅" } }] : [] };
    },
  });
  const { box, user, told } = await lateHost("tree", null, { type: "reference", to: "shop.place" });

  await user.click(box());
  await screen.findByRole("option", { name: "一楼" });
  await user.keyboard("{ArrowRight}");
  await screen.findByRole("option", { name: "大厅" });
  await user.keyboard("{Enter}");

  expect(told).toHaveBeenLastCalledWith("p2", "大厅");
  expect(parents[0]).toEqual({ field: "above", op: "blank" });
});
