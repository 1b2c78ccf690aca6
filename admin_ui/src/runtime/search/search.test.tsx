// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { problemResponse } from "../../api/testing.ts";
import { CommandPalette } from "../../app/CommandPalette.tsx";
import { draw, fakeServer } from "../../ui/testing.tsx";
import type { FoundRecord } from "./data.ts";
import { SearchPage } from "./SearchPage.tsx";

function record(entity: string, id: string, title: string, passages: FoundRecord["passages"] = []): FoundRecord {
  return { entity, entity_title: entity === "shop.item" ? "物品" : "订单", module: "shop", id, title, passages };
}

const BOLT = record("shop.item", "i1", "六角螺栓", [{ field: "name", title: "名称", parts: [{ text: "六角", hit: false }, { text: "螺栓", hit: true }] }]);
const ORDER = record("shop.order", "o1", "O-1", [{ field: "note", title: "备注", parts: [{ text: "螺栓", hit: true }, { text: "要快", hit: false }] }]);
const NUT = record("shop.item", "i2", "螺母");
const MENU = { modules: [{ name: "shop", title: "商店", items: [{ kind: "view", target: "shop.items", title: "物品", entity: "shop.item", entity_title: "物品" }] }] };
const SESSION = { person: { id: "p", name: "P", is_admin: false } };

test("the palette offers records by their kind, marked, and goes to all of them", async () => {
  const sent = fakeServer({ "GET /search": { items: [BOLT, ORDER, NUT], next_cursor: null }, "GET /menu": MENU, "GET /session": SESSION });
  draw(<CommandPalette onClose={() => undefined} />);

  await userEvent.type(screen.getByRole("combobox"), "螺栓");
  const bolt = await screen.findByRole("option", { name: /六角螺栓/ });

  expect(within(bolt).getByText("螺栓").tagName).toBe("MARK");
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["六角螺栓", "螺母", "O-1备注 螺栓要快", "查看“螺栓”的全部结果"]);
  expect(sent.filter((one) => one.path === "/search").map((one) => one.params.get("q"))).toEqual(["螺栓"]);
});

test("the page shows what was found, narrows it and loads more", async () => {
  const sent = fakeServer({
    "GET /search": (one: { params: URLSearchParams }) => (one.params.get("cursor") === "next" ? { items: [NUT], next_cursor: null } : { items: [BOLT, ORDER], next_cursor: "next" }),
    "GET /menu": MENU,
  });
  draw(<SearchPage />, { at: "/search?q=螺栓", path: "/search" });

  await userEvent.click(await screen.findByRole("button", { name: "继续加载" }));

  expect(await screen.findByText("螺母")).toBeTruthy();
  expect(screen.getAllByRole("link").map((one) => one.getAttribute("href"))).toEqual(["/r/shop.item/i1", "/r/shop.order/o1", "/r/shop.item/i2"]);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "类别" }), "shop.item");
  expect(sent.at(-1)?.params.get("entity")).toBe("shop.item");
});

test.each([
  ["nothing is found", { items: [], next_cursor: null }, "没有找到“鲸”。请换一个词，或放宽筛选条件。"],
  ["it fails", problemResponse(500, { code: "internal", title: "出错了" }), "重试"],
])("the page says so when %s", async (_, answer, text) => {
  fakeServer({ "GET /search": answer, "GET /menu": MENU });
  draw(<SearchPage />, { at: "/search?q=鲸", path: "/search" });

  expect(await screen.findByText(text, {}, { timeout: 5000 })).toBeTruthy();
});
