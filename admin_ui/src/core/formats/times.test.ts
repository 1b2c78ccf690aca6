import { expect, test } from "vitest";
import { localOfMoment, localOfText, momentOfLocal, stepTime, timeOfText } from "./moment.ts";
import { durationOf, durationOfText, periodOfDay, secondsOf, stepPeriod } from "./period.ts";

test.each([
  ["8:30", "08:30"],
  ["0830", "08:30"],
  ["830", "08:30"],
  ["8：30", "08:30"],
  ["8", "08:00"],
  ["3:05 pm", "15:05"],
  ["12:10 am", "00:10"],
  ["23:59:59", "23:59"],
  ["24:00", null],
  ["8:60", null],
  ["noon", null],
])("time %s", (text, expected) => {
  expect(timeOfText(text)).toBe(expected);
});

test("a moment goes through local text and back", () => {
  const local = localOfText("2026/11/20 8:30");

  expect(local).toBe("2026-11-20T08:30");
  expect(localOfMoment(momentOfLocal(local ?? ""))).toBe(local);
  expect([localOfText("2026年11月20日 8点30分"), localOfText("2026-11-20"), localOfText("8:30")]).toEqual(["2026-11-20T08:30", null, null]);
});

test("steps go round the clock and over the year", () => {
  expect([stepTime("23:59", 1), stepTime("00:00", -60)]).toEqual(["00:00", "23:00"]);
  expect([stepPeriod("2026-12", "month", 1), stepPeriod("2026-Q1", "quarter", -1), stepPeriod("2026", "year", 1)]).toEqual(["2027-01", "2025-Q4", "2027"]);
  expect((["year", "quarter", "month"] as const).map((grain) => periodOfDay(new Date(2026, 10, 21), grain))).toEqual(["2026", "2026-Q4", "2026-11"]);
});

test("durations in every way of writing", () => {
  expect(["PT8H30M", "P1DT2H", "P2W", "PT0S", "P", "PT", "8:30"].map(secondsOf)).toEqual([30_600, 93_600, 1_209_600, 0, null, null, null]);
  expect([durationOf(30_600), durationOf(0), durationOf(90)]).toEqual(["PT8H30M", "PT0S", "PT1M30S"]);
  expect([durationOfText("2.5", "day"), durationOfText("1d 4h", "hour"), durationOfText("8小时30", "hour"), durationOfText("soon", "hour")]).toEqual(["PT60H", "PT28H", null, null]);
});
