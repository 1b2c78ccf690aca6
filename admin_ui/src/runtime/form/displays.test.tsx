// @vitest-environment jsdom
import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { FieldMeta, Json } from "../../core/form/types.ts";
import { CellValue } from "../table/CellValue.tsx";
import { draw as drawTable } from "../../ui/testing.tsx";
import { ReadValue } from "./ReadValue.tsx";
import { draw, serve } from "./testing/draw.tsx";

afterEach(cleanup);

const meta = (type: string, parts: Partial<FieldMeta> = {}): FieldMeta => ({ name: "x", title: "X", type, control: type, ...parts });
const TREE = [{ value: "a", title: "甲", options: [{ value: "a1", title: "一" }] }];

test.each<[string, FieldMeta, Json, string]>([
  ["phone", meta("phone"), "+8613800138000", "138 0013 8000"],
  ["bank account", meta("bank_account"), "6222000011112222", "6222 0000 1111 2222"],
  ["secret", meta("secret"), "••••••", "••••••"],
  ["tags", meta("tags"), ["红", "蓝"], "红"],
  ["period", meta("period"), "2026-11", "2026-11"],
  ["range", meta("date_range"), "2026-11-01/2026-11-30", "2026-11-01 – 2026-11-30"],
  ["local moment", meta("local_datetime"), "2026-11-21T08:30:00", "2026-11-21 08:30"],
  ["cascade", meta("cascade", { options: TREE }), "a1", "甲 / 一"],
  ["duration", meta("duration", { unit: "day" }), "PT26H", "1 天 2 小时"],
  ["progress", meta("progress"), "0.35", "35%"],
  ["place", meta("location"), { lng: "1.5", lat: "2.5", accuracy: "12" }, "1.5, 2.5"],
  ["snapshot", meta("snapshot", { fields: [meta("phone", { name: "tel", title: "电话" })] }), { tel: "+8613800138000" }, "138 0013 8000"],
  ["markdown", meta("markdown"), "# 标题", "标题"],
  ["masked", meta("id_document"), "110•••••••••••002X", "110•••••••••••002X"],
  ["people by their label", meta("users"), ["u1"], "张三"],
])("%s for reading", async (_, field, value, text) => {
  draw(<ReadValue meta={field} value={value} label={field.type === "users" ? "张三" : null} />);

  expect(await screen.findByText(text, {}, { timeout: 10_000 })).toBeTruthy();
});

test("rich text is drawn anew: nothing of it becomes markup of the page", async () => {
  draw(<ReadValue meta={meta("rich_text")} value={'<p onclick="x()">你<b>好</b><img src=x onerror=y><script>z</script><a href="javascript:a">坏</a><a href="https://example.com">链</a></p>'} label={null} />);

  expect((await screen.findByText("好")).tagName).toBe("B");
  expect(document.querySelector("img, script, [onclick]")).toBeNull();
  expect([...document.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["https://example.com/"]);
});

test("stars and colours say in words what they show", async () => {
  draw(
    <>
      <ReadValue meta={meta("rating", { max: "5" })} value={4} label={null} />
      <ReadValue meta={meta("colour")} value="#2f6fed" label={null} />
    </>,
  );

  expect(await screen.findByRole("img", { name: "4 / 5 星" })).toBeTruthy();
  expect(screen.getByText("#2f6fed")).toBeTruthy();
});

test("a region is asked for once and read with what is above it", async () => {
  serve({ "GET /regions": () => ({ regions: { "110000": "北京市", "110100": "市辖区", "110101": "东城区" } }) });
  draw(<ReadValue meta={meta("region")} value="110101" label={null} />);

  expect(await screen.findByText("北京市 / 东城区")).toBeTruthy();
});

test("cells of a list are one line each", async () => {
  drawTable(
    <>
      <CellValue path="a" type="rich_text" scale={null} meta={meta("rich_text") as never} value="<p>一</p><p>二</p>" labels={{}} />
      <CellValue path="b" type="users" scale={null} meta={meta("users") as never} value={["u1", "u2"]} labels={{ b: { u1: "张三", u2: "李四" } }} />
      <CellValue path="c" type="tags" scale={null} meta={meta("tags") as never} value={["红", "蓝"]} labels={{}} />
      <CellValue path="d" type="phone" scale={null} meta={null} value={null} labels={{}} />
    </>,
  );

  for (const text of ["一 二", "张三、李四", "红、蓝", "—"]) expect(await screen.findByText(text)).toBeTruthy();
});
