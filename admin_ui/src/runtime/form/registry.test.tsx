// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { FieldMeta } from "../../core/form/types.ts";
import { CONTROLS } from "./registry.ts";
import { draw, serve } from "./testing/draw.tsx";
import { host, lateHost } from "./testing/host.tsx";
import { ReadValue } from "./ReadValue.tsx";

afterEach(cleanup);

const OPTIONS = [{ value: "a", title: "甲" }, { value: "b", title: "乙" }, { value: "c", title: "丙", retired: true }];

describe("every control draws, in a form and in a cell", () => {
  test.each(Object.keys(CONTROLS).flatMap((control) => [[control, false], [control, true]] as const))("%s (cell: %s)", async (control, inCell) => {
    serve({ "GET /roles": () => ({ items: [] }), "GET /regions": () => ({ regions: {} }), "GET /entities/shop.item": () => ({ title: "物品" }) });

    await lateHost(control, null, { options: OPTIONS, to: "shop.item" }, null, inCell);

    expect(document.getElementById("x")).not.toBeNull();
  }, 30_000);
});

test("text: empty is blank", async () => {
  const { told, box, user } = host("text");

  await user.type(box(), "ab");
  await user.clear(box());

  expect(told.mock.calls.map(([value]) => value)).toEqual(["a", "ab", null]);
});

test("long text keeps its lines", async () => {
  const { told, box, user } = host("long_text");

  await user.type(box(), "a{Enter}b");

  expect(told).toHaveBeenLastCalledWith("a\nb");
});

test("money is exact while it is typed and has thousands afterwards", async () => {
  const { told, box, user } = host("money", null, { scale: 2 });

  await user.type(box(), "1234567.1");
  expect(box().value).toBe("1234567.1");
  await user.tab();

  expect(told).toHaveBeenLastCalledWith("1234567.1");
  expect(box().value).toBe("1,234,567.10");
});

test("a decimal point stays while one types on, and what is no number is not lost", async () => {
  const { told, box, user } = host("decimal", null, { scale: 3 });

  await user.type(box(), "1.");
  expect(box().value).toBe("1.");
  await user.type(box(), "05x");
  await user.tab();

  expect(told).toHaveBeenLastCalledWith("1.05x");
  expect(box().value).toBe("1.05x");
});

test("an integer is a JSON number", async () => {
  const { told, box, user } = host("integer");

  await user.type(box(), "1,200");

  expect(told).toHaveBeenLastCalledWith(1200);
});

test("a percentage is typed as it is read and kept as a fraction", async () => {
  const { told, box, user } = host("percent", "0.1500", { scale: 4 });
  expect(box().value).toBe("15");

  await user.clear(box());
  await user.type(box(), "16.25");

  expect(told).toHaveBeenLastCalledWith("0.1625");
});

test("boolean", async () => {
  const { told, user } = host("boolean");

  await user.click(screen.getByRole("checkbox"));

  expect(told).toHaveBeenLastCalledWith(true);
});

test("date, and a pasted text that is none", () => {
  const { told, box } = host("date", "待定");
  expect(box().value).toBe("待定");

  fireEvent.change(box(), { target: { value: "2026/3/2" } });

  expect(told).toHaveBeenLastCalledWith("2026-03-02");
});

test("time", async () => {
  const { told, box } = await lateHost("time");

  fireEvent.change(box(), { target: { value: "08:30" } });

  expect(told).toHaveBeenLastCalledWith("08:30");
});

test("a moment is typed in the reader's zone and kept in UTC", async () => {
  const { told, box } = await lateHost("datetime");

  fireEvent.change(box(), { target: { value: "2026-03-02T08:30" } });

  expect(told).toHaveBeenLastCalledWith(new Date("2026-03-02T08:30").toISOString().replace(".000Z", "Z"));
  expect(box().value).toBe("2026-03-02T08:30");
});

test("select: a retired option is not offered, and readable where it was chosen", async () => {
  const { told, box, user } = host("select", null, { options: OPTIONS });
  expect(screen.queryByText(/丙/)).toBeNull();

  await user.selectOptions(box(), "乙");
  expect(told).toHaveBeenLastCalledWith("b");

  cleanup();
  host("select", "c", { options: OPTIONS });
  expect(screen.getByText("丙（已停用）")).toBeTruthy();
});

test("multi-select keeps the order of the options", async () => {
  const { told, user } = host("multi_select", null, { options: OPTIONS });

  await user.click(screen.getByRole("checkbox", { name: "乙" }));
  await user.click(screen.getByRole("checkbox", { name: "甲" }));

  expect(told).toHaveBeenLastCalledWith(["a", "b"]);
});

test("reference: searched by the server, chosen by keyboard, cleared", async () => {
  const asked = serve({ "GET /records/shop.item/options": ({ query }) => ({ items: query.get("q") === "s" ? [{ id: "i1", label: "水泥", hint: "SN" }, { id: "i2", label: "石子", hint: "SZ" }] : [] }) });
  const { told, box, user } = host("reference", null, { to: "shop.item" });

  await user.type(box(), "s");
  await screen.findByText("石子");
  await user.keyboard("{ArrowDown}{Enter}");

  expect(told).toHaveBeenLastCalledWith("i2", "石子");
  expect(asked.at(-1)?.query.get("field")).toBe("shop.order.x");
  expect(box().value).toBe("石子");
});

test("tree parent searches its own entity", async () => {
  const asked = serve({ "GET /records/shop.order/options": () => ({ items: [] }) });
  const { box, user } = host("tree_parent");

  await user.type(box(), "a");

  await waitFor(() => expect(asked.map((one) => one.path)).toContain("/records/shop.order/options"));
});

test("user and department", async () => {
  serve({
    "GET /people": ({ query }) => ({ items: query.get("q") === "z" ? [{ id: "u2", name: "张三", login: "zs", department: "工程部" }] : [] }),
    "GET /departments": () => ({ items: [{ id: "d2", name: "机电部", code: "JD" }, { id: "d1", name: "工程部", code: "GC" }] }),
  });
  const person = host("user");
  await person.user.type(person.box(), "z");
  await screen.findByText("张三");
  await person.user.keyboard("{Enter}");
  expect(person.told).toHaveBeenLastCalledWith("u2", "张三");

  cleanup();
  const department = host("department");
  await department.user.type(department.box(), "gc");
  await waitFor(() => expect(screen.queryByText("机电部")).toBeNull());
  await screen.findByText("工程部");
  await department.user.keyboard("{Enter}");
  expect(department.told).toHaveBeenLastCalledWith("d1", "工程部");
});

test("a file that may not be sent is refused before it is", async () => {
  const { told } = host("attachment", [{ id: "f1", name: "合同.pdf", size: 2048, type: "application/pdf" }], { accept: [".pdf"], max_size: 10 });
  expect(screen.getByText("2.0 KB")).toBeTruthy();

  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  fireEvent.change(input as HTMLInputElement, { target: { files: [new File(["x"], "a.exe"), new File(["x".repeat(20)], "b.pdf")] } });

  expect(await screen.findByText(/不接受这种文件/)).toBeTruthy();
  expect(screen.getByText(/文件太大/)).toBeTruthy();
  expect(told).not.toHaveBeenCalled();
});

test("a file is sent, listed and removed", async () => {
  class FakeRequest extends EventTarget {
    upload = new EventTarget();
    status = 201;
    responseText = JSON.stringify({ id: "f2", name: "b.pdf", size: 3, type: "application/pdf" });
    open = () => undefined;
    setRequestHeader = () => undefined;
    send = () => setTimeout(() => this.dispatchEvent(new Event("load")), 0);
  }
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  const { told, user } = host("attachment");

  fireEvent.change(document.querySelector("input[type=file]") as HTMLInputElement, { target: { files: [new File(["abc"], "b.pdf")] } });
  await screen.findByRole("link", { name: "b.pdf" });
  expect(told).toHaveBeenLastCalledWith([{ id: "f2", name: "b.pdf", size: 3, type: "application/pdf" }]);

  await user.click(screen.getByRole("button", { name: "移除 b.pdf" }));
  expect(told).toHaveBeenLastCalledWith(null);
});

const meta = (type: string, parts: Partial<FieldMeta> = {}): FieldMeta => ({ name: "x", title: "X", type, control: type, ...parts });

test("values for reading", () => {
  draw(
    <>
      <ReadValue meta={meta("money", { scale: 2 })} value="-1234567.5" label={null} />
      <ReadValue meta={meta("percent")} value="0.1550" label={null} />
      <ReadValue meta={meta("reference")} value="i1" label="水泥" />
      <ReadValue meta={meta("multi_select", { options: OPTIONS })} value={["a"]} label={null} />
      <ReadValue meta={meta("boolean")} value={false} label={null} />
      <ReadValue meta={meta("text")} value={null} label={null} />
    </>,
  );

  for (const text of ["-1,234,567.50", "15.5%", "水泥", "甲", "否", "—"]) expect(screen.getByText((_, element) => element?.textContent?.startsWith(text) === true && element.tagName === "SPAN" && element.parentElement?.tagName !== "SPAN")).toBeTruthy();
  expect(document.querySelector(".fw-negative")).not.toBeNull();
});
