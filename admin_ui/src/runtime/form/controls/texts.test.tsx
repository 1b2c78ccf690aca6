// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { lateHost } from "../testing/host.tsx";

afterEach(cleanup);

test("an identity card proves itself while it is typed", async () => {
  const { box, user, told } = await lateHost("id_document", null, { kind: "id_card" });

  await user.type(box(), "1101051949");
  expect(screen.getByText("已输入 10 / 18 位")).toBeTruthy();
  await user.type(box(), "1231002X");

  expect(screen.getByText(/校验通过/)).toBeTruthy();
  expect(told).toHaveBeenLastCalledWith("11010519491231002X");
});

test("a wrong credit code says so, and help and error stay with the box", async () => {
  const { box, user } = await lateHost("credit_code");

  await user.type(box(), "91350100M000100Y44");

  const hint = screen.getByText(/校验不通过/);
  expect(box().getAttribute("aria-describedby")).toContain(hint.id);
});

test("a telephone and an account are read in groups and typed as they come", async () => {
  const phone = await lateHost("phone", "+8613800138000");
  expect(phone.box().value).toBe("138 0013 8000");
  phone.box().focus();
  await phone.user.click(phone.box());
  expect(phone.box().value).toBe("+8613800138000");

  cleanup();
  const account = await lateHost("bank_account", "6222000011112222");
  expect(account.box().value).toBe("6222 0000 1111 2222");
});

test("a masked value is a hint, what is typed replaces it, and taken back it stays", async () => {
  const { box, user, told } = await lateHost("phone", "138••••8000", { mask: "phone" });
  expect([box().value, box().placeholder]).toEqual(["", "138••••8000"]);
  expect(screen.getByText(/输入新的内容将替换原值/)).toBeTruthy();

  await user.type(box(), "1");
  await user.clear(box());

  expect(told.mock.calls.map(([value]) => value)).toEqual(["1", "138••••8000"]);
});

test("a secret is never shown, and an empty box keeps it", async () => {
  const { box, user, told } = await lateHost("password", "••••••");
  expect([box().type, box().value]).toEqual(["password", ""]);

  await user.type(box(), "new");
  await user.click(screen.getByRole("button", { name: "显示输入的内容" }));
  expect(box().type).toBe("text");
  await user.click(screen.getByRole("button", { name: "删除已保存的内容" }));

  expect(told.mock.calls.map(([value]) => value)).toEqual(["n", "ne", "new", null]);
});

test("an address has a link only when it leads to the web", async () => {
  const { box, user } = await lateHost("url", "https://example.com");
  expect(screen.getByRole("link", { name: "打开链接" }).getAttribute("href")).toBe("https://example.com/");

  await user.clear(box());
  await user.type(box(), "javascript:alert(1)");

  expect(screen.queryByRole("link")).toBeNull();
});

test("a colour is typed or chosen", async () => {
  const { box, told } = await lateHost("colour");

  fireEvent.change(box(), { target: { value: "2F6FED" } });
  expect(told).toHaveBeenLastCalledWith("#2f6fed");
  fireEvent.change(screen.getByLabelText("选择字段"), { target: { value: "#00ff00" } });

  expect(told).toHaveBeenLastCalledWith("#00ff00");
});

test("tags by Enter and comma, pasted, and taken away by Backspace", async () => {
  const { box, user, told } = await lateHost("tags");

  await user.type(box(), "红{Enter}蓝，");
  expect(told).toHaveBeenLastCalledWith(["红", "蓝"]);
  fireEvent.change(box(), { target: { value: "黄、绿、红" } });
  expect(told).toHaveBeenLastCalledWith(["红", "蓝", "黄", "绿"]);
  await user.type(box(), "{Backspace}");

  expect(told).toHaveBeenLastCalledWith(["红", "蓝", "黄"]);
  await user.click(screen.getByRole("button", { name: "移除 红" }));
  expect(told).toHaveBeenLastCalledWith(["蓝", "黄"]);
});

test("Markdown has a preview in which markup is only text", async () => {
  const { box, user } = await lateHost("markdown");

  await user.type(box(), "**bold** <img src=x>");
  await user.click(screen.getByRole("radio", { name: "预览" }));

  expect(screen.getByText("bold").tagName).toBe("STRONG");
  expect(document.querySelector("img")).toBeNull();
  expect(screen.getByText(/<img src=x>/)).toBeTruthy();
});

test("JSON that cannot be read is kept, marked, and never taken for a text", async () => {
  const { box, told } = await lateHost("json", { a: 1 });
  expect(box().value).toBe('{\n  "a": 1\n}');

  fireEvent.change(box(), { target: { value: '{"a": }' } });
  expect(told).toHaveBeenLastCalledWith({ $unreadable: '{"a": }' });
  expect(box().value).toBe('{"a": }');
  fireEvent.change(box(), { target: { value: "[1, 2]" } });

  expect(told).toHaveBeenLastCalledWith([1, 2]);
});

test("rich text: the editor is fetched, has a toolbar, and says its value as HTML", async () => {
  // Test environments lay nothing out.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  const { told, user } = await lateHost("rich_text", "<p>你好</p>", {}, null);
  const editor = document.getElementById("x");
  expect(editor?.getAttribute("role")).toBe("textbox");
  expect(screen.getByRole("toolbar", { name: "字段的格式" })).toBeTruthy();

  await user.click(screen.getByRole("button", { name: "项目符号" }));

  expect(told.mock.lastCall?.[0]).toContain("<ul>");
}, 30_000);
