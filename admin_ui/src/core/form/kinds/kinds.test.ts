import { beforeAll, describe, expect, test } from "vitest";
import { checkValue } from "../checks.ts";
import { valueOfText } from "../paste.ts";
import type { FieldMeta, Json } from "../types.ts";
import { loadKinds } from "./index.ts";
import { inFours } from "./codes.ts";
import { formatPhone, safeLink } from "./contacts.ts";
import { readJson, unreadable, UnreadableJson } from "./jsonText.ts";
import { metresBetween } from "./structured.ts";

beforeAll(loadKinds);

const meta = (type: string, parts: Partial<FieldMeta> = {}): FieldMeta => ({ name: "x", title: "X", type, control: type, ...parts });
const TREE = [{ value: "a", title: "甲", options: [{ value: "a1", title: "一" }, { value: "a2", title: "二" }] }, { value: "b", title: "乙", options: [{ value: "b1", title: "一" }] }];

describe("the text of a cell becomes a value", () => {
  test.each<[string, FieldMeta, string, unknown]>([
    ["colour without its sign", meta("colour"), "2F6FED", "#2f6fed"],
    ["short colour", meta("colour"), "#fa0", "#ffaa00"],
    ["what is no colour stays", meta("colour"), "红", "红"],
    ["phone with spaces", meta("phone"), "138 0013 8000", "13800138000"],
    ["identity card in small letters", meta("id_document"), "11010519491231002x", "11010519491231002X"],
    ["bank account in groups", meta("bank_account"), "6222 0000 1111 2222", "6222000011112222"],
    ["full-width mail", meta("email"), "ａ@b.cn", "a@b.cn"],
    ["tags", meta("tags"), "甲、乙，甲; 丙", ["甲", "乙", "丙"]],
    ["duration by the clock", meta("duration"), "8:30", "PT8H30M"],
    ["duration in words", meta("duration"), "1天2小时", "PT26H"],
    ["duration in the field's unit", meta("duration", { unit: "minute" }), "90", "PT1H30M"],
    ["month in Chinese", meta("period"), "2026年3月", "2026-03"],
    ["quarter in Chinese", meta("period", { grain: "quarter" }), "2026年第四季度", "2026-Q4"],
    ["year", meta("period", { grain: "year" }), "2026年", "2026"],
    ["date range", meta("date_range"), "2026/3/2 至 2026/3/8", "2026-03-02/2026-03-08"],
    ["date range as it travels", meta("date_range"), "2026-03-02/2026-03-08", "2026-03-02/2026-03-08"],
    ["time range", meta("time_range"), "8:00~17:30", "08:00/17:30"],
    ["local moment", meta("local_datetime"), "2026/11/21 8:30", "2026-11-21T08:30"],
    ["time in Chinese", meta("time"), "下午3点05分", "15:05"],
    ["cascade by its way", meta("cascade", { options: TREE }), "甲/一", "a1"],
    ["cascade by a title that only one has", meta("cascade", { options: TREE }), "二", "a2"],
    ["cascade by a title that two have stays", meta("cascade", { options: TREE }), "一", "一"],
    ["place", meta("location"), "118.7969, 32.0603", { lng: "118.7969", lat: "32.0603" }],
    ["quantity", meta("quantity"), "1,234.5", "1234.5"],
    ["progress like a percentage", meta("progress"), "35%", "0.35"],
    ["rating is a JSON number", meta("rating"), "4", 4],
    ["JSON", meta("json"), '{"a": [1]}', { a: [1] }],
  ])("%s", (_, field, text, expected) => {
    expect(valueOfText(field, text)).toEqual(expected);
  });
});

describe("what is wrong is found before it is sent", () => {
  test.each<[string, FieldMeta, Json, readonly string[]]>([
    ["right identity card", meta("id_document"), "11010519491231002X", []],
    ["wrong check sign", meta("id_document"), "110105194912310021", ["malformed"]],
    ["a day of birth that never was", meta("id_document"), "11010519490231002X", ["malformed"]],
    ["a passport is no identity card", meta("id_document", { kind: "passport" }), "E12345678", []],
    ["a masked card is left alone", meta("id_document", { mask: "id" }), "110•••••••••••002X", []],
    ["right credit code", meta("credit_code"), "91350100M000100Y43", []],
    ["wrong credit code", meta("credit_code"), "91350100M000100Y44", ["malformed"]],
    ["account by Luhn", meta("bank_account", { luhn: true }), "4111111111111111", []],
    ["account not by Luhn", meta("bank_account", { luhn: true }), "4111111111111112", ["malformed"]],
    ["13 digits", meta("barcode", { symbology: "ean13" }), "6901234567892", []],
    ["13 wrong digits", meta("barcode", { symbology: "ean13" }), "6901234567891", ["malformed"]],
    ["mobile", meta("phone", { kind: "mobile" }), "138 0013 8000", []],
    ["landline where a mobile is wanted", meta("phone", { kind: "mobile" }), "010-88886666", ["malformed"]],
    ["landline", meta("phone"), "010-88886666", []],
    ["abroad", meta("phone"), "+44 20 7946 0958", []],
    ["a script is no address", meta("url"), "javascript:alert(1)", ["malformed"]],
    ["mail", meta("email"), "a@b", ["malformed"]],
    ["period of another grain", meta("period", { grain: "quarter" }), "2026-11", ["malformed"]],
    ["one end only", meta("date_range"), "2026-03-02/", ["malformed"]],
    ["turned round", meta("date_range"), "2026-03-08/2026-03-02", ["range_reversed"]],
    ["turned round by hours", meta("time_range"), "17:00/08:00", ["range_reversed"]],
    ["half a tree", meta("cascade", { options: TREE }), "a", ["not_the_last_level"]],
    ["half a tree where that is enough", meta("cascade", { options: TREE, any_level: true }), "a", []],
    ["off the tree", meta("cascade", { options: TREE }), "z", ["not_in_the_tree"]],
    ["too many stars", meta("rating"), 6, ["above_maximum"]],
    ["28 digits", meta("decimal", { digits: 28, scale: 2 }), "12345678901234567890123456.78", []],
    ["one digit more", meta("decimal", { digits: 28, scale: 2 }), "123456789012345678901234567.89", ["number_too_long"]],
    ["a place beside the earth", meta("location"), { lng: "181", lat: "0" }, ["malformed"]],
    ["half a place", meta("location"), { lng: "18" }, ["malformed"]],
    ["too many people", meta("users", { max_count: 1 }), ["a", "b"], ["too_many_items"]],
    ["no JSON", meta("json"), unreadable('{"a": }'), ["not_json"]],
    ["no moment", meta("datetime"), "tomorrow", ["not_a_datetime"]],
  ])("%s", (_, field, value, codes) => {
    expect(checkValue(field, value, false).map((problem) => problem.code)).toEqual(codes);
  });
});

test.each<[string, number, number]>([
  ['{\n  "a": 1,\n  "b": x\n}', 3, 8],
  ['{"a": }', 1, 7],
  ['{"a" 1}', 1, 6],
  ["{a: 1}", 1, 2],
  ["[1, 2", 1, 6],
  ["[1,]", 1, 4],
  ['{"a": 1,}', 1, 9],
  ["[1] 2", 1, 5],
  ["01", 1, 1],
  ['"a', 1, 1],
  ["{]", 1, 2],
])("%s stops being JSON at line %i, column %i", (text, line, column) => {
  expect(() => readJson(text)).toThrow(UnreadableJson);
  expect(() => readJson(text)).toThrow(`${line}:${column}`);
});

test("JSON of every kind is read", () => {
  expect(readJson(' {"a": [], "b": {}, "c": [1, -2.5e3, true, null, "\\u4e2d\\n"]} ')).toEqual({ a: [], b: {}, c: [1, -2500, true, null, "中\n"] });
});

test("distance by haversine, and none to oneself", () => {
  const [one, other] = [{ lng: "116.397128", lat: "39.916527" }, { lng: "121.473701", lat: "31.230416" }];

  expect([metresBetween(one, one), Math.round(metresBetween(one, other) / 1000)]).toEqual([0, 1069]);
});

test("telephones and accounts are read in groups, addresses only lead to the web", () => {
  expect([formatPhone("+8613800138000"), formatPhone("+861088886666"), formatPhone("+442079460958")]).toEqual(["138 0013 8000", "010 8888 6666", "+442079460958"]);
  expect(inFours("62220000111122223")).toBe("6222 0000 1111 2222 3");
  expect([safeLink("https://example.com/a"), safeLink("data:text/html,x"), safeLink("//example.com")]).toEqual(["https://example.com/a", null, null]);
});
