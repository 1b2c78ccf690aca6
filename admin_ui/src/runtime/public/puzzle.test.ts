import { expect, test } from "vitest";
import { sha256, solve } from "./puzzle.ts";

const hex = (text: string) => Array.from(sha256(text), (word) => word.toString(16).padStart(8, "0")).join("");

test("the examples of the standard come out", () => {
  expect(hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  expect(hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("a puzzle is solved", async () => {
  const counter = await solve("1.a.b");

  expect((sha256(`1.a.b:${counter}`)[0] ?? 0) >>> 17).toBe(0);
});
