import { expect, test } from "vitest";
import { asked, completed, pieces, sent, typed } from "./words.ts";

const PEOPLE = [{ id: "u1", name: "李工" }, { id: "u2", name: "李工长" }];

test("a name that begins like another is not taken for it", () => {
  const text = sent("@李工长 和 @李工 看一下", PEOPLE);

  expect(text).toBe("@[u2] 和 @[u1] 看一下");
  expect(typed(text, PEOPLE)).toBe("@李工长 和 @李工 看一下");
});

test("words and people are told apart, and nobody is lost", () => {
  const found = pieces("请@[u1]看，@[gone]也看", PEOPLE);

  expect(found.map((one) => one.text)).toEqual(["请", "@李工", "看，", "@gone", "也看"]);
  expect(found.map((one) => one.person)).toEqual([undefined, "u1", undefined, "gone", undefined]);
});

test("a mention is typed after an @ that begins a word", () => {
  const places = ["@", "hello @li", "（@lg", "me@mail", "@li gong"].map((text) => asked(text, text.length));

  expect(places).toEqual(["", "li", "lg", null, null]);
});

test("what was typed of a name becomes the whole, and the caret stands behind it", () => {
  expect(completed("ask @li now", 7, "李工")).toEqual({ text: "ask @李工 now", caret: 8 });
});
