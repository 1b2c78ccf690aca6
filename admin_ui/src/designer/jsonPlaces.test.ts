import { expect, test } from "vitest";
import { lineOf, placeOf } from "./jsonPlaces.ts";

const TEXT = `{
  "name": "order",
  "fields": [
    {"a/b": 1, "formula": "x + y"},
    {"deep": {"t": [true, null]}}
  ]
}`;

function found(pointer: string, span?: [number, number]): string {
  const [start, end] = placeOf(TEXT, pointer, span);
  return TEXT.slice(start, end);
}

test.each([
  ["/name", '"order"'],
  ["/fields/0/a~1b", "1"],
  ["/fields/1/deep/t/1", "null"],
  ["/fields/1/deep", '{"t": [true, null]}'],
])("%s stands at %s", (pointer, text) => {
  expect(found(pointer)).toBe(text);
});

test("a span narrows a formula", () => {
  expect(found("/fields/0/formula", [4, 5])).toBe("y");
});

test("a missing value leads to what is around it", () => {
  expect(found("/fields/0/missing")).toBe('{"a/b": 1, "formula": "x + y"}');
});

test("lines count from one", () => {
  expect(lineOf(TEXT, placeOf(TEXT, "/fields/1")[0])).toBe(5);
});

test.each(["", "{", '{"a":', "[1,,", '{"a" 1}', '"', "}{"])("a broken text %s never hangs", (text) => {
  expect(placeOf(text, "/a/b")).toHaveLength(2);
});
