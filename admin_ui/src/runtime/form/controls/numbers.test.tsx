// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { lateHost } from "../testing/host.tsx";

afterEach(cleanup);

test("a quantity typed in another unit is converted exactly and rounded half up", async () => {
  const { box, user, told } = await lateHost("quantity", null, { unit: "m3", units: { t: "0.4167" }, scale: 3 });

  await user.selectOptions(screen.getByLabelText("字段的单位"), "t");
  await user.type(box(), "12.5");

  expect(told).toHaveBeenLastCalledWith("5.209");
  expect(screen.getByText(/= 5\.209 m3/)).toBeTruthy();
  expect(box().value).toBe("12.5");
});

test("a quantity without other units is a number with its unit", async () => {
  const { box, user, told } = await lateHost("quantity", null, { unit: "kg" });

  await user.type(box(), "1,200");

  expect(told).toHaveBeenLastCalledWith("1200");
  expect(screen.getByText("kg")).toBeTruthy();
});

test("stars are radio buttons, and can be taken away", async () => {
  const { user, told } = await lateHost("rating", null, { max: "5" });

  await user.click(screen.getByRole("radio", { name: "4 / 5 星" }));
  expect(told).toHaveBeenLastCalledWith(4);
  await user.click(screen.getByRole("radio", { name: "5 / 5 星" }));
  expect(told).toHaveBeenLastCalledWith(5);
  await user.click(screen.getByRole("button", { name: "清除字段" }));

  expect(told).toHaveBeenLastCalledWith(null);
});

test("progress is typed as it is read, and its bar follows", async () => {
  const { box, user, told } = await lateHost("progress", "0.35", { scale: 4 });
  expect(box().value).toBe("35");

  await user.clear(box());
  await user.type(box(), "80");

  expect(told).toHaveBeenLastCalledWith("0.8");
  expect(document.querySelector(".fw-bar-done")?.getAttribute("width")).toBe("80");
});

test("a slider counts exact steps", async () => {
  const { told } = await lateHost("slider", "0.1", { type: "decimal", min: "0", max: "1", step: "0.1", scale: 1 });
  const slide = screen.getByLabelText("拖动调整字段");
  expect(slide.getAttribute("max")).toBe("10");

  fireEvent.change(slide, { target: { value: "3" } });

  expect(told).toHaveBeenLastCalledWith("0.3");
});

test("an integer on a slider is a JSON number", async () => {
  const { told } = await lateHost("slider", 1, { type: "integer", min: "0", max: "10" });

  fireEvent.change(screen.getByLabelText("拖动调整字段"), { target: { value: "7" } });

  expect(told).toHaveBeenLastCalledWith(7);
});

test("money takes its sign from another field", async () => {
  await lateHost("money", "12.00", { currency_field: "currency", scale: 2 }, null, false, { currency: "USD" });

  expect(screen.getByText("美元")).toBeTruthy();
});
