// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { momentOfLocal } from "../../../core/formats/moment.ts";
import { lateHost } from "../testing/host.tsx";

afterEach(cleanup);

test("a time is text by 24 hours: typed, stepped by arrows, pressed on the clock", async () => {
  const { box, user, told } = await lateHost("time");
  expect(box().type).toBe("text");

  await user.type(box(), "下午3:05");
  expect(told).toHaveBeenLastCalledWith("15:05");
  await user.tab();
  expect(box().value).toBe("15:05");
  box().focus();
  box().setSelectionRange(0, 0);
  await user.keyboard("{ArrowUp}");
  expect(told).toHaveBeenLastCalledWith("16:05");
  await user.click(screen.getByRole("button", { name: "选择时间" }));
  await user.click(screen.getByRole("button", { name: "09" }));
  expect(told).toHaveBeenLastCalledWith("09:05");
  await user.keyboard("{Escape}");

  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a text that is no time stays and is told as it stands", async () => {
  const { box, user, told } = await lateHost("time");

  await user.type(box(), "25:99");
  await user.tab();

  expect(told).toHaveBeenLastCalledWith("25:99");
  expect(box().value).toBe("25:99");
});

test("a moment is one text, kept in UTC; a local one without a zone", async () => {
  const moment = await lateHost("datetime");
  fireEvent.change(moment.box(), { target: { value: "2026-11-21 8:30" } });
  expect(moment.told).toHaveBeenLastCalledWith(momentOfLocal("2026-11-21T08:30"));
  fireEvent.blur(moment.box());
  expect(moment.box().value).toBe("2026-11-21 08:30");

  cleanup();
  const local = await lateHost("local_datetime");
  fireEvent.change(local.box(), { target: { value: "2026-11-21 8:30" } });
  expect(local.told).toHaveBeenLastCalledWith("2026-11-21T08:30");
});

test("a range is two ends, and is marked while one is missing", async () => {
  const { box, told } = await lateHost("date_range");

  fireEvent.change(box(), { target: { value: "2026-11-01" } });
  expect(told).toHaveBeenLastCalledWith("2026-11-01/");
  fireEvent.change(screen.getByLabelText("字段（到）"), { target: { value: "2026-11-30" } });

  expect(told).toHaveBeenLastCalledWith("2026-11-01/2026-11-30");
  fireEvent.change(box(), { target: { value: "" } });
  fireEvent.change(screen.getByLabelText("字段（到）"), { target: { value: "" } });
  expect(told).toHaveBeenLastCalledWith(null);
});

test("ranges of times and of moments", async () => {
  const hours = await lateHost("time_range", "08:00/17:30");
  expect(hours.box().value).toBe("08:00");

  cleanup();
  const moments = await lateHost("datetime_range");
  fireEvent.change(moments.box(), { target: { value: "2026-11-21 08:00" } });
  fireEvent.change(screen.getByLabelText("字段（到）"), { target: { value: "2026-11-21 12:00" } });
  expect(moments.told).toHaveBeenLastCalledWith(`${momentOfLocal("2026-11-21T08:00")}/${momentOfLocal("2026-11-21T12:00")}`);
});

test("a duration is read in words and typed as people say it", async () => {
  const { box, user, told } = await lateHost("duration", "PT8H30M", { unit: "hour" });
  expect(box().value).toBe("8 小时 30 分");

  await user.clear(box());
  await user.type(box(), "1天4小时");
  expect(told).toHaveBeenLastCalledWith("PT28H");
  await user.clear(box());
  await user.type(box(), "soon");

  expect(told).toHaveBeenLastCalledWith("soon");
});

test("a period is typed or stepped", async () => {
  const { box, user, told } = await lateHost("period", "2026-12", { grain: "month" });

  await user.click(screen.getByRole("button", { name: "下一期" }));
  expect(told).toHaveBeenLastCalledWith("2027-01");
  box().focus();
  await user.keyboard("{ArrowDown}");
  expect(told).toHaveBeenLastCalledWith("2026-12");
  await user.clear(box());
  await user.type(box(), "2026年3月");

  expect(told).toHaveBeenLastCalledWith("2026-03");
});
