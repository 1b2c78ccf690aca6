import { expect, test } from "vitest";
import { binary, call, column, member, name, number } from "./testing/order.ts";
import { isRemote, readsOf, sumsOf } from "./trees.ts";

test("paths are read at their full length", () => {
  const tree = binary(call("SUM", [column("amount")]), "*", member(name("customer", "text"), "rate", "number", "shop.customer"));

  expect(readsOf(tree)).toEqual(["lines.amount", "customer.rate"]);
  expect(sumsOf(tree)).toEqual(["lines.amount"]);
  expect(sumsOf(call("MAX", [column("price")]))).toEqual([]);
});

test("measures, lookups, earlier values and roles are for the server", () => {
  const measure = { node: "measure", type: "number", span: [0, 1], name: "stock", arguments: [["item", name("item", "text")]] };

  expect(isRemote(binary(number("1"), "+", measure))).toBe(true);
  expect(readsOf(measure)).toEqual(["item"]);
  const rows = { node: "member", type: { list: { record: "stock.maker/parts" } }, span: [0, 1], shape: "stock.maker", name: "parts", target: name("maker", "text") };
  expect(isRemote({ node: "call", type: "number", span: [0, 1], name: "COUNT", arguments: [rows] })).toBe(true);
  expect(isRemote(call("HASROLE", [name("x", "text")], "boolean"))).toBe(true);
  expect(isRemote(call("TODAY", [], "date"))).toBe(false);
});
