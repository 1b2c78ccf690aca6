/** What is shown, asked for and kept of hidden values: the cases that the server's tests run too (tests/conformance). */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { cellPath, columnOf, placeOf } from "./paths.ts";
import type { ReferenceSource } from "./references.ts";
import { FormStore } from "./store.ts";
import { treeEvaluator } from "./tree_evaluator.ts";
import type { EntityMeta, FieldMeta, Json, Values } from "./types.ts";
import { isTable, rowsOf, sameValue } from "./values.ts";

interface Case {
  readonly name: string;
  readonly stored?: Values;
  readonly sent: Values;
  readonly values: Readonly<Record<string, Json>>;
  readonly hidden?: readonly string[];
  readonly shown?: readonly string[];
  readonly required?: readonly string[];
  readonly read_only?: readonly string[];
  readonly missing?: readonly string[];
  readonly broken?: readonly (readonly [string, string])[];
  readonly refused?: readonly string[];
}

interface Topic {
  readonly topic: string;
  readonly items: Readonly<Record<string, Values>>;
  readonly cases: readonly Case[];
}

const folder = resolve(import.meta.dirname, "../../../../tests/conformance/cases/states");
const read = (file: string): unknown => JSON.parse(readFileSync(resolve(folder, file), "utf-8"));
const SHEET = read("view.json") as EntityMeta;
const topics = readdirSync(folder).filter((file) => file.endsWith(".cases.json")).map((file) => read(file) as Topic);

const arrived = () => new Promise((done) => setTimeout(done, 0));
const ITEM: readonly FieldMeta[] = [
  { name: "name", title: "", type: "text", control: "text" },
  { name: "price", title: "", type: "decimal", control: "decimal", scale: 2 },
  { name: "unit", title: "", type: "text", control: "text" },
];

function storeOf(topic: Topic, one: Case): FormStore {
  const references: ReferenceSource = { load: (_, id) => Promise.resolve(topic.items[id] ? { values: topic.items[id] ?? {}, labels: {}, fields: ITEM } : null) };
  const record = one.stored ? { id: "x", version: 1, values: one.stored } : null;
  return new FormStore({ meta: SHEET, items: [], evaluator: treeEvaluator("u1"), references, record });
}

/** Do what a person would do to send this: fill cells, add rows, take rows away, put them in order. */
async function type(store: FormStore, fields: readonly FieldMeta[], row: string | null, sent: Values, refused: readonly string[]): Promise<void> {
  for (const field of fields.filter((one) => one.name in sent)) {
    const path = store.content.cellOf(row, field.name);
    const value = sent[field.name] ?? null;
    if (!isTable(field)) {
      if (!refused.includes(pointerOf(store, path))) store.set(path, value);
      else if (!store.cell(path).readOnly) throw new Error(`${path} can be typed into`);
      if (field.to) await arrived();
      continue;
    }
    const wanted = rowsOf(value);
    const kept = new Set(wanted.map((inner) => inner["id"]));
    store.rows(path).filter((key) => !kept.has(store.content.rowId(key) ?? "")).forEach((key) => store.removeRow(path, key));
    for (const [index, inner] of wanted.entries()) {
      const known = store.rows(path).find((key) => inner["id"] !== undefined && store.content.rowId(key) === inner["id"]);
      const key = known ?? store.addRow(path);
      store.moveRow(path, key, index);
      if (!store.content.has(key)) break;
      await type(store, field.fields ?? [], key, inner, refused);
    }
  }
}

function pathAt(store: FormStore, pointer: string): string {
  const [head = "", ...rest] = pointer.slice(1).split("/");
  let path = head;
  for (let at = 0; at + 1 < rest.length; at += 2) {
    path = cellPath(path, store.rows(path)[Number(rest[at])] ?? "", rest[at + 1] ?? "");
  }
  return path;
}

function pointerOf(store: FormStore, path: string): string {
  const { table, row, field } = placeOf(path);
  return table === null || row === null ? `/${field}` : `${pointerOf(store, table)}/${store.rows(table).indexOf(row)}/${field}`;
}

function isShown(store: FormStore, path: string): boolean {
  const { table } = placeOf(path);
  return store.cell(path).visible && (table === null || isShown(store, table));
}

/** The pointers of the cells in a state, of those whose column has a condition. */
function flagged(store: FormStore, flag: "required" | "readOnly", among: readonly string[]): string[] {
  return among.filter((pointer) => {
    const path = pathAt(store, pointer);
    return store.cell(path)[flag] && (flag === "readOnly" || store.cell(path).visible);
  });
}

for (const topic of topics) {
  describe(`hidden values: ${topic.topic}`, () => {
    test.each(topic.cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
      const store = storeOf(topic, one);
      await arrived();
      await type(store, SHEET.fields, null, one.sent, one.refused ?? []);
      await arrived();
      store.validate("save");

      for (const [pointer, value] of Object.entries(one.values)) {
        const path = pathAt(store, pointer);
        const meta = store.content.metas.get(columnOf(path));
        const found = meta && isTable(meta) ? (store.rows(path).map((row) => store.content.rowValues(row)) as Json) : store.content.value(path);
        expect(sameValue(found, value, meta), `${pointer}: ${JSON.stringify(found)}`).toBe(true);
      }
      expect((one.hidden ?? []).filter((pointer) => isShown(store, pathAt(store, pointer)))).toEqual([]);
      expect((one.shown ?? []).filter((pointer) => !isShown(store, pathAt(store, pointer)))).toEqual([]);
      expect(flagged(store, "required", one.required ?? [])).toEqual((one.required ?? []).filter((pointer) => store.cell(pathAt(store, pointer)).visible));
      expect(flagged(store, "readOnly", one.read_only ?? [])).toEqual(one.read_only ?? []);
      const said = (code: string) => store.problems().filter(({ problem }) => problem.code === code);
      expect(said("required").map(({ path }) => pointerOf(store, path)).toSorted()).toEqual((one.missing ?? []).toSorted());
      const broken = said("rule_violated").map(({ path, problem }) => [problem.params["rule"], pointerOf(store, path)]);
      expect(broken.toSorted()).toEqual((one.broken ?? []).toSorted());
    });
  });
}
