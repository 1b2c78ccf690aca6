// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Profiler } from "react";
import { afterEach, expect, test } from "vitest";
import { orderStore, savedOrder } from "../../core/form/testing/order.ts";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { FormLayout } from "./FormLayout.tsx";
import { layoutOf, spanOf } from "./layout.ts";
import { drawIn } from "./testing/draw.tsx";

afterEach(cleanup);

test("sections, tabs and fields stand where the form puts them; what is computed is a value", () => {
  const store = orderStore({ record: savedOrder() });
  drawIn(store, <FormLayout items={layoutOf(store.meta)} />);

  expect(screen.getByRole("region", { name: "基本信息" })).toBeTruthy();
  expect(screen.getByRole("tab", { name: "明细" }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByText("D-001").closest("output")).not.toBeNull();
  expect(screen.queryByLabelText(/原因/)).toBeNull();
});

test("a field appears when its condition holds, and the others are not drawn again", async () => {
  const store = orderStore({ record: savedOrder() });
  const user = userEvent.setup();
  let draws = 0;
  drawIn(
    store,
    <Profiler id="form" onRender={() => (draws += 1)}>
      <FormLayout items={layoutOf(store.meta)} />
    </Profiler>,
  );

  await user.selectOptions(screen.getByLabelText("类别"), "特殊");
  const reason = screen.getByLabelText(/原因/);
  expect(reason.getAttribute("aria-required")).toBe("true");
  const before = draws;
  await user.type(reason, "a");

  expect(draws - before).toBeLessThanOrEqual(2);
});

test("a hidden tab says how many errors it holds and opens for the focus", async () => {
  const store = orderStore({ record: savedOrder() });
  const items = layoutOf(store.meta);
  const view = drawIn(
    store,
    <>
      <ErrorSummary attempt={0} />
      <FormLayout items={items} />
    </>,
  );

  act(() => store.takeProblems([{ code: "rule_violated", pointer: "/values/due", detail: "交期太晚" }]));
  expect(screen.getByRole("tab", { name: /条款/ }).textContent).toContain("1");
  view.unmount();

  drawIn(
    store,
    <>
      <ErrorSummary attempt={1} />
      <FormLayout items={items} />
    </>,
  );

  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("交期")));
  expect(screen.getByRole("tab", { name: /条款/ }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("alert").textContent).toContain("交期：交期太晚");
});

test("a line of the summary goes to a cell of a table", async () => {
  const store = orderStore({ record: savedOrder() });
  const user = userEvent.setup();
  drawIn(
    store,
    <>
      <ErrorSummary attempt={1} />
      <FormLayout items={layoutOf(store.meta)} />
    </>,
  );
  act(() => store.takeProblems([{ code: "required", pointer: "", detail: "整单有误" }, { code: "above_maximum", pointer: "/values/lines/1/quantity", detail: "太大" }]));
  await user.click(screen.getByRole("tab", { name: /条款/ }));

  await user.click(screen.getByRole("button", { name: /明细 第 2 行 · 数量：太大/ }));

  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("数量，第 2 行")));
});

test("without a form all fields are drawn", () => {
  const store = orderStore();
  const items = layoutOf({ ...store.meta, forms: [] });

  expect(items.map((item) => item.kind)).toEqual(["section", "field"]);
  expect([spanOf("sub_table", null, null), spanOf("text", 6, null), spanOf("text", null, 2), spanOf("text", null, null)]).toEqual([12, 6, 6, 4]);
});
