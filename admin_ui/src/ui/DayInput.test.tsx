// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { DayInput } from "./DayInput.tsx";
import { draw } from "./testing.tsx";

function Host({ first = "" }: { first?: string }) {
  const [value, setValue] = useState(first);
  return (
    <>
      <DayInput aria-label="日期" value={value} onChange={setValue} />
      <output>{value}</output>
    </>
  );
}

const box = () => screen.getByRole<HTMLInputElement>("textbox", { name: "日期" });

test("a day is typed in several ways and read in one", async () => {
  draw(<Host />);

  await userEvent.type(box(), "2026/3/2");
  expect(box().value).toBe("2026/3/2");
  await userEvent.tab();

  expect(box().value).toBe("2026-03-02");
});

test("a text that is no day is handed on as it is", async () => {
  draw(<Host />);

  await userEvent.type(box(), "2026-13-40");
  await userEvent.tab();

  expect(screen.getByRole("status").textContent).toBe("2026-13-40");
  expect(box().value).toBe("2026-13-40");
});

test("the calendar opens by its button and by Alt and the arrow down, and its day is taken", async () => {
  draw(<Host first="2026-03-02" />);
  const calendar = document.querySelector<HTMLInputElement>("input[type=date]");
  if (calendar === null) throw new Error("no calendar");
  const show = vi.fn<() => void>();
  calendar.showPicker = show;

  await userEvent.click(screen.getByRole("button", { name: "打开日历" }));
  box().focus();
  await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
  fireEvent.change(calendar, { target: { value: "2026-04-01" } });

  expect(show).toHaveBeenCalledTimes(2);
  expect(box().value).toBe("2026-04-01");
});
