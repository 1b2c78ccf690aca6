import { describe, expect, test } from "vitest";
import { nextSort, readAddress, writeAddress, type ListState } from "./address.ts";
import { completed, filterForServer, NO_FILTER, parseFilter, withoutItem, type Group } from "./filter.ts";

const FILTER: Group = {
  join: "and",
  items: [
    { field: "made_on", op: "ge", value: "2026-01-01" },
    { field: "machine", op: "eq", value: "m1", label: "吊车 1" },
    { join: "or", items: [{ field: "status", op: "in", value: ["draft", "returned"] }, { field: "note", op: "blank" }] },
    { field: "done", op: "eq", value: true },
  ],
};

describe("the address of a list", () => {
  test("gives back the very same state", () => {
    const state: ListState = { q: "东区 & 1", filter: FILTER, sort: ["-made_on", "number"], columns: ["number", "machine.name"] };

    expect(readAddress(new URLSearchParams(writeAddress(state).toString()))).toEqual(state);
  });

  test("is empty for an untouched list", () => {
    expect(writeAddress({ q: "", filter: NO_FILTER, sort: [], columns: [] }).toString()).toBe("");
  });

  test.each(["{", "[]", "7", '{"and":7}', '{"field":1}', "null"])("with a broken filter %s is a list without one", (text) => {
    expect(parseFilter(text)).toEqual(NO_FILTER);
  });

  test("with a single condition is understood", () => {
    expect(parseFilter('{"field":"a","op":"eq","value":"1"}')).toEqual({ join: "and", items: [{ field: "a", op: "eq", value: "1" }] });
  });
});

test("the server gets no labels", () => {
  expect(JSON.parse(filterForServer(FILTER))).toEqual({
    and: [
      { field: "made_on", op: "ge", value: "2026-01-01" },
      { field: "machine", op: "eq", value: "m1" },
      { or: [{ field: "status", op: "in", value: ["draft", "returned"] }, { field: "note", op: "blank" }] },
      { field: "done", op: "eq", value: true },
    ],
  });
  expect(filterForServer(NO_FILTER)).toBe("");
});

test("half filled conditions are left out", () => {
  const half: Group = { join: "and", items: [{ field: "a", op: "eq" }, { field: "b", op: "between", value: ["1", ""] }, { join: "or", items: [] }, { field: "c", op: "blank" }] };

  expect(completed(half).items).toEqual([{ field: "c", op: "blank" }]);
});

test("a chip takes away its own condition", () => {
  expect(withoutItem(FILTER, 2).items).toHaveLength(3);
});

test("a head sorts up, down, then not", () => {
  expect([nextSort([], "a", false), nextSort(["a"], "a", false), nextSort(["-a"], "a", false)]).toEqual([["a"], ["-a"], []]);
  expect(nextSort(["a"], "b", true)).toEqual(["a", "b"]);
  expect(nextSort(["a"], "b", false)).toEqual(["b"]);
});
