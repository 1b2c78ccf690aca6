import { describe, expect, test } from "vitest";
import { isBlock, parseBlock, valueOfText } from "./paste.ts";
import { parseNumber } from "./numbers.ts";
import type { FieldMeta } from "./types.ts";

const meta = (type: string, parts: Partial<FieldMeta> = {}): FieldMeta => ({ name: "x", title: "X", type, control: type, ...parts });

describe("a block from a spreadsheet", () => {
  test("cells by tab, rows by line, the last line end is no row", () => {
    expect(parseBlock("a\tb\r\nc\t\r\n")).toEqual([["a", "b"], ["c", ""]]);
  });

  test("quotes hold tabs, breaks and doubled quotes", () => {
    expect(parseBlock('"two\nlines"\t"say ""hi"""\n5" pipe\tx')).toEqual([["two\nlines", 'say "hi"'], ['5" pipe', "x"]]);
  });

  test("empty rows inside stay where they are", () => {
    expect(parseBlock("a\n\nb")).toEqual([["a"], [""], ["b"]]);
  });

  test("one cell alone is an ordinary paste", () => {
    expect(["a", "a\n", "a\r\n", "a\tb", "a\nb"].map(isBlock)).toEqual([false, false, false, true, true]);
  });

  test("200 rows of 8 cells", () => {
    const text = Array.from({ length: 200 }, (_, row) => Array.from({ length: 8 }, (__, cell) => `${row}.${cell}`).join("\t")).join("\r\n");

    expect(parseBlock(text)).toHaveLength(200);
    expect(parseBlock(text)[199]?.[7]).toBe("199.7");
  });
});

describe("numbers as people write them", () => {
  test.each([
    ["1,234.50", "1234.5"],
    ["１，２３４．５", "1234.5"],
    ["￥ 12", "12"],
    ["(1,200)", "-1200"],
    ["-0.1", "-0.1"],
    ["12345678901234567890.12", "12345678901234567890.12"],
    ["007", "7"],
    ["12%", "0.12"],
    ["1e5", null],
    ["十二", null],
    ["1.2.3", null],
  ])("%s", (typed, expected) => {
    expect(parseNumber(typed)).toBe(expected);
  });

  test("a percentage field takes 15 and 15% as the same", () => {
    expect([parseNumber("15", true), parseNumber("15%", true), parseNumber("0.5", true)]).toEqual(["0.15", "0.15", "0.005"]);
  });
});

describe("the value of a cell's text", () => {
  const options = [{ value: "a", title: "甲" }, { value: "b", title: "乙" }];

  test.each<[string, FieldMeta, string, unknown]>([
    ["integer", meta("integer"), "1,200", 1200],
    ["money", meta("money"), "1,200.5", "1200.5"],
    ["a number that is none stays as it stands", meta("money"), "待定", "待定"],
    ["date with slashes", meta("date"), "2026/3/2", "2026-03-02"],
    ["date in Chinese", meta("date"), "2026年3月2日", "2026-03-02"],
    ["a date that is none stays", meta("date"), "2026-02-30", "2026-02-30"],
    ["time", meta("time"), "8:30", "08:30"],
    ["option by title", meta("select", { options }), "乙", "b"],
    ["option that is none stays", meta("select", { options }), "丙", "丙"],
    ["several options", meta("multi_select", { options }), "甲、乙", ["a", "b"]],
    ["yes", meta("boolean"), "是", true],
    ["no", meta("boolean"), "FALSE", false],
    ["blank", meta("text"), "  ", null],
    ["text", meta("text"), " a b", " a b"],
  ])("%s", (_, field, text, expected) => {
    expect(valueOfText(field, text)).toEqual(expected);
  });
});
