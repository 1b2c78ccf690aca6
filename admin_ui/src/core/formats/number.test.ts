import { describe, expect, test } from "vitest";
import { compareDecimals, formatNumber, formatPercent, groupThousands, isNegative, parseTyped, shiftPoint, toScale } from "./number.ts";

describe("numbers for people", () => {
  test.each([
    ["1234567.5", 2, "1,234,567.50"],
    ["-1234.565", 2, "-1,234.57"],
    ["0", 2, "0.00"],
    ["999", 0, "999"],
    ["999.995", 2, "1,000.00"],
    ["-0.001", 2, "0.00"],
    ["12345678901234567890123.45", 2, "12,345,678,901,234,567,890,123.45"],
    ["", 2, ""],
    ["n/a", 2, "n/a"],
  ])("%s to %i places is %s", (value, scale, shown) => {
    expect(formatNumber(value, scale)).toBe(shown);
  });

  test("without a scale every digit stays", () => {
    expect(formatNumber("1234.50700")).toBe("1,234.50700");
    expect(formatNumber(null, 2)).toBe("");
    expect(formatNumber(-1234, 0)).toBe("-1,234");
  });

  test("thousands are grouped on the left of the point only", () => {
    expect(groupThousands("1234.56789")).toBe("1,234.56789");
    expect(groupThousands("-123")).toBe("-123");
  });

  test("rounding is half away from zero", () => {
    expect([toScale("2.5", 0), toScale("-2.5", 0), toScale("2.345", 2), toScale("9.99", 1)]).toEqual(["3", "-3", "2.35", "10.0"]);
  });
});

describe("per cent", () => {
  test.each([
    ["0.8", "80%"],
    ["1.05", "105%"],
    ["0.12345", "12.35%"],
    ["-0.005", "-0.5%"],
    ["12.5", "1,250%"],
  ])("%s is %s", (value, shown) => {
    expect(formatPercent(value)).toBe(shown);
  });

  test("the point moves both ways without a float", () => {
    expect([shiftPoint("15.5", -2), shiftPoint("0.155", 2), shiftPoint("7", 2), shiftPoint("80", -2)]).toEqual(["0.155", "15.5", "700", "0.8"]);
  });
});

describe("what is typed", () => {
  test.each([
    ["１，２３４．５", "1234.5"],
    ["1,234.50 ", "1234.50"],
    ["－12", "-12"],
    ["¥ 1,000", "1000"],
    ["12a", "12a"],
  ])("%s is understood as %s", (typed, plain) => {
    expect(parseTyped(typed)).toBe(plain);
  });
});

test("signs and order are exact", () => {
  expect([isNegative("-0.01"), isNegative("-0.00"), isNegative("5")]).toEqual([true, false, false]);
  expect(compareDecimals("0.9", "0.80")).toBeGreaterThan(0);
  expect(compareDecimals("1.0", "1")).toBe(0);
  expect(compareDecimals("-2", "-1")).toBeLessThan(0);
  expect(compareDecimals("-1", "0.5")).toBeLessThan(0);
});
