import { expect, test } from "vitest";
import { checkValue } from "./checks.ts";
import type { FieldMeta, Json } from "./types.ts";

const meta = (type: string, parts: Partial<FieldMeta> = {}): FieldMeta => ({ name: "x", title: "X", type, control: type, ...parts });

test.each<[string, FieldMeta, Json, boolean, string[]]>([
  ["blank and asked for", meta("text"), "", true, ["required"]],
  ["blank and not asked for", meta("money", { min: "1" }), null, false, []],
  ["an unanswered box is no", meta("boolean"), null, true, []],
  ["no number", meta("decimal"), "abc", false, ["wrong_type"]],
  ["half an integer", meta("integer"), "1.5", false, ["wrong_type"]],
  ["three decimals", meta("money"), "1.005", false, ["too_many_decimals"]],
  ["zeros behind the scale do no harm", meta("money"), "1.500", false, []],
  ["16.25 per cent is a fraction of four places", meta("percent"), "0.1625", false, []],
  ["too many digits", meta("money"), "12345678901234567.00", false, ["number_too_long"]],
  ["below", meta("decimal", { min: "0.25" }), "0.2", false, ["below_minimum"]],
  ["above", meta("decimal", { max: "2" }), "2.01", false, ["above_maximum"]],
  ["characters, not code units", meta("text", { max_length: 2 }), "𠮷𠮷", false, []],
  ["too long", meta("text", { max_length: 2 }), "abc", false, ["too_long"]],
  ["too short", meta("text", { min_length: 2 }), "a", false, ["too_short"]],
  ["pattern", meta("text", { pattern: "^[A-Z]+$" }), "a1", false, ["pattern_mismatch"]],
  ["pattern that this browser cannot read", meta("text", { pattern: "(?P<x>a)" }), "b", false, []],
  ["no date", meta("date"), "2026-13-01", false, ["not_a_date"]],
  ["no time", meta("time"), "25:00", false, ["not_a_time"]],
  ["no option", meta("select", { options: [{ value: "a", title: "A" }] }), "b", false, ["not_an_option"]],
  ["too many files", meta("attachment", { max_count: 1 }), [{ id: "1" }, { id: "2" }], false, ["too_many_items"]],
])("%s", (_, field, value, required, codes) => {
  expect(checkValue(field, value, required).map((problem) => problem.code)).toEqual(codes);
});

test("rows are counted", () => {
  const table = meta("sub_table", { min_rows: 2, max_rows: 3 });

  expect([1, 2, 4].map((count) => checkValue(table, null, false, count).map((problem) => problem.code))).toEqual([["too_few_rows"], [], ["too_many_rows"]]);
  expect(checkValue(meta("sub_table"), null, true, 0).map((problem) => problem.code)).toEqual(["too_few_rows"]);
});
