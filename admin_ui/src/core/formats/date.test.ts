import { expect, test } from "vitest";
import { formatBytes, formatDate, formatMoment, formatTime, relativeTime } from "./date.ts";

test("a day is never shifted", () => {
  expect(formatDate("2026-11-20")).toBe("2026-11-20");
  expect(formatDate(null)).toBe("");
});

test("a moment is shown in the reader's zone", () => {
  const local = new Date(2026, 10, 20, 14, 3);

  expect(formatMoment(local.toISOString())).toBe("2026-11-20 14:03");
  expect(formatMoment("no moment")).toBe("no moment");
});

test("seconds of a time are dropped when there are none", () => {
  expect([formatTime("08:30:00"), formatTime("08:30:15")]).toEqual(["08:30", "08:30:15"]);
});

test("relative times are in the reader's language", () => {
  const now = new Date("2026-11-20T12:00:00Z");

  expect(relativeTime("2026-11-20T09:00:00Z", now, "en")).toBe("3 hours ago");
  expect(relativeTime("2026-11-20T11:59:30Z", now, "zh-CN")).toBe("30秒钟前");
});

test("sizes have a unit", () => {
  expect([formatBytes(0), formatBytes(900), formatBytes(1536), formatBytes(5 * 1024 * 1024)]).toEqual(["0 B", "900 B", "1.5 KB", "5.0 MB"]);
});
