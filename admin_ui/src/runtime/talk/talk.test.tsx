// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { draw, Refusal, serve, type Answer } from "../form/testing/draw.tsx";
import { Discussion } from "./Discussion.tsx";

const ANNA = { id: "u1", name: "安娜" };
const SAID = { id: "c1", thread: "c1", version: 1, author: ANNA, text: "够吗？", mentions: [], files: [], created_at: "2026-11-20T01:00:00Z", edited_at: null, deleted: null, actions: ["edit", "delete"], replies: { items: [], count: 0 } };
const PATH = "/records/shop.order/o1/comments";

function answers(parts: Readonly<Record<string, Answer>> = {}, items: readonly unknown[] = [SAID]) {
  return serve({
    [`GET ${PATH}`]: () => ({ items, next_cursor: null, count: items.length, may_comment: true }),
    "GET /records/shop.order/o1/readers": () => ({ items: [{ id: "u2", name: "李工", login: "li", department: "", may_read: true }, { id: "u3", name: "李外", login: "wai", department: "", may_read: false }] }),
    ...parts,
  });
}

/** The picker shows what fits what was typed last. */
const answered = () => waitFor(() => expect(screen.getByRole("listbox").getAttribute("aria-busy")).toBe("false"));

afterEach(cleanup);

test("a person is picked with the keyboard and sent by id", async () => {
  const asked = answers({ [`POST ${PATH}`]: () => SAID });
  const user = userEvent.setup();
  draw(<Discussion entity="shop.order" id="o1" />);

  await user.type(await screen.findByRole("textbox", { name: "写评论" }), "请 @li");
  await answered();
  await user.keyboard("{Enter}看{Control>}{Enter}{/Control}");

  await waitFor(() => expect(asked.find((one) => one.method === "POST")?.body).toEqual({ text: "请 @[u2] 看", files: [], thread: "" }));
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("");
});

test("nobody is mentioned who cannot see the record, and it is said why", async () => {
  answers();
  const user = userEvent.setup();
  draw(<Discussion entity="shop.order" id="o1" />);

  await user.type(await screen.findByRole("textbox", { name: "写评论" }), "@li");
  await answered();
  await user.keyboard("{ArrowDown}{Enter}");

  expect(await screen.findByText(/李外 看不到这条记录/)).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("@li");
});

test("what is refused stands in the composer again", async () => {
  answers({ [`POST ${PATH}`]: () => new Refusal(403, { code: "forbidden", title: "不允许", detail: "请联系管理员" }) });
  const user = userEvent.setup();
  draw(<Discussion entity="shop.order" id="o1" />);

  await user.type(await screen.findByRole("textbox", { name: "写评论" }), "不够");
  await user.click(screen.getByRole("button", { name: "发送" }));

  expect(await screen.findByText("请联系管理员")).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("不够");
});

test("a comment is answered, changed and deleted where it stands", async () => {
  const asked = answers({ [`POST ${PATH}`]: () => SAID, [`PATCH ${PATH}/c1`]: () => SAID, [`DELETE ${PATH}/c1`]: () => SAID });
  const user = userEvent.setup();
  draw(<Discussion entity="shop.order" id="o1" />);
  const card = await screen.findByRole("article", { name: "安娜的评论" });

  await user.click(within(card).getByRole("button", { name: "回复" }));
  await user.type(await screen.findByRole("textbox", { name: "回复安娜" }), "够{Control>}{Enter}{/Control}");
  await user.click(within(card).getByRole("button", { name: "修改" }));
  await user.type(await screen.findByRole("textbox", { name: "修改评论" }), "！{Control>}{Enter}{/Control}");
  await user.click(await within(card).findByRole("button", { name: "删除" }));
  await user.click(within(screen.getByRole("dialog", { hidden: true })).getByRole("button", { name: "删除", hidden: true }));

  await waitFor(() => expect(asked.filter((one) => one.method !== "GET").map((one) => [one.method, one.body, one.headers.get("If-Match")])).toEqual([
    ["POST", { text: "够", files: [], thread: "c1" }, null],
    ["PATCH", { text: "够吗？！", files: [] }, '"1"'],
    ["DELETE", null, '"1"'],
  ]));
});

test("an empty discussion says who will read it, and a deleted comment who deleted it", async () => {
  answers({}, []);
  const first = draw(<Discussion entity="shop.order" id="o1" />);
  expect(await screen.findByText("还没有人发言")).toBeTruthy();
  first.unmount();
  answers({}, [{ ...SAID, text: "", actions: [], deleted: { at: "2026-11-20T02:00:00Z", by: ANNA } }]);

  draw(<Discussion entity="shop.order" id="o1" />);

  expect((await screen.findByText(/由安娜删除于/)).textContent).toContain("删除于");
  expect(screen.queryByRole("article")).toBeNull();
});
