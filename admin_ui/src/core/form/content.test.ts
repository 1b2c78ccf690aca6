import { expect, test } from "vitest";
import { treeEvaluator } from "./tree_evaluator.ts";
import { Content } from "./content.ts";
import type { EntityMeta, FieldMeta } from "./types.ts";

const text = (name: string): FieldMeta => ({ name, title: name, type: "text", control: "text" });
const table = (name: string, fields: readonly FieldMeta[]): FieldMeta => ({ name, title: name, type: "sub_table", control: "sub_table", fields });
const META: EntityMeta = { key: "a.b", name: "b", title: "b", kind: "master", actions: [], forms: [], fields: [text("name"), table("lines", [text("what"), table("items", [text("part")])])] };

function loaded(): Content {
  const content = new Content(META, treeEvaluator("u1"));
  content.load({ name: "n", lines: [{ id: "l1", what: "one", items: [{ id: "i1", part: "a" }, { id: "i2", part: "b" }] }, { id: "l2", what: "two", items: [] }] });
  return content;
}

const lines = (content: Content) => content.snapshot()["lines"] as readonly Readonly<Record<string, unknown>>[];
const itemsOf = (line: Readonly<Record<string, unknown>> | undefined) => (line?.["items"] ?? []) as readonly unknown[];

test("a snapshot makes anew only what changed, with what it lies in", () => {
  const content = loaded();
  const before = lines(content);
  const inner = `lines/${content.rows("lines")[0]}/items`;
  const part = META.fields[1]?.fields?.[1]?.fields?.[0];
  if (!part) throw new Error("no part");

  content.write(`${inner}/${content.rows(inner)[1]}/part`, part, "c");

  const after = lines(content);
  expect(after[0]).toEqual({ id: "l1", what: "one", items: [{ id: "i1", part: "a" }, { id: "i2", part: "c" }] });
  expect(itemsOf(after[0])[0]).toBe(itemsOf(before[0])[0]);
  expect(after[1]).toBe(before[1]);
});

test("rows that come, go and move are in the next snapshot", () => {
  const content = loaded();
  content.snapshot();
  const [first = "", second = ""] = content.rows("lines");
  const inner = `lines/${first}/items`;

  content.insert(inner, 0, { part: "new" });
  content.remove(inner, content.rows(inner)[2] ?? "");
  content.move("lines", second, 0);

  expect(lines(content)).toEqual([
    { id: "l2", what: "two", items: [] },
    { id: "l1", what: "one", items: [{ part: "new" }, { id: "i1", part: "a" }] },
  ]);
});
