import type { Evaluator } from "./evaluator.ts";
import { outwards, tableOf } from "./paths.ts";
import type { EntityMeta, FieldMeta, FormItem, Tree } from "./types.ts";
import { isNumeric, isTable } from "./values.ts";

export type ComputationKind = "value" | "visible" | "required" | "readOnly";

/** One thing that is read. `from` is the table in whose rows its name was found: a change reaches what lies in the same row of it. */
export interface Read {
  readonly column: string;
  readonly from: string;
}

/** One thing to work out again when something that it reads changes. */
export interface Computation {
  readonly kind: ComputationKind;
  /** The table in every row of which it is worked out; empty: once, in the record. */
  readonly table: string;
  /** `total`, `lines.amount`, or the key of a layout item. */
  readonly target: string;
  readonly meta: FieldMeta | null;
  readonly tree: Tree | null;
  /** `worker.phone`: read through a reference. */
  readonly lookup: string | null;
  readonly reads: readonly Read[];
  readonly remote: boolean;
}

export interface Plan {
  /** In an order in which nothing is read before it is worked out. */
  readonly values: readonly Computation[];
  readonly flags: readonly Computation[];
}

export function itemKey(place: readonly number[]): string {
  return `$item.${place.join(".")}`;
}

export type Metas = ReadonlyMap<string, FieldMeta>;

/** The table, seen from the rows of `table` outwards, that has a field of this name; null if none has. */
export function ownerOf(metas: Metas, table: string, name: string): string | null {
  const tables = [...outwards(table).toReversed(), ""];
  return tables.find((one) => metas.has(one === "" ? name : `${one}.${name}`)) ?? null;
}

/** What a path written in a row of `table` reads, as far as it lies in the record; null when it is none of its fields. */
function readOf(metas: Metas, table: string, path: string): (Read & { readonly lost: boolean }) | null {
  const [head = "", ...rest] = path.split(".");
  const from = ownerOf(metas, table, head);
  if (from === null) {
    return null;
  }
  let column = from === "" ? head : `${from}.${head}`;
  for (const name of rest) {
    const meta = metas.get(column);
    if (!meta || !isTable(meta)) {
      break;
    }
    if (!metas.has(`${column}.${name}`)) {
      return { column, from, lost: true };
    }
    column = `${column}.${name}`;
  }
  return { column, from, lost: false };
}

export function makePlan(meta: EntityMeta, metas: Metas, items: readonly FormItem[], evaluator: Evaluator): Plan {
  const system = new Set((meta.system_fields ?? []).map((field) => field.name));
  const make = (kind: ComputationKind, table: string, target: string, field: FieldMeta | null, tree: Tree | null, lookup: string | null): Computation => {
    let remote = tree ? evaluator.remote(tree) : (lookup ?? "").split(".").length > 2;
    const reads: Read[] = [];
    for (const path of tree ? evaluator.reads(tree) : [lookup ?? ""]) {
      const read = readOf(metas, table, path);
      const head = path.split(".")[0] ?? "";
      remote ||= read === null ? !system.has(head) : read.lost;
      reads.push(read === null ? { column: head, from: "" } : { column: read.column, from: read.from });
    }
    return { kind, table, target, meta: field, tree, lookup, reads, remote };
  };
  const values: Computation[] = [];
  const flags: Computation[] = [];
  for (const [target, field] of metas) {
    const table = tableOf(target);
    if (field.formula || field.lookup) {
      values.push(make("value", table, target, field, field.formula ?? null, field.formula ? null : (field.lookup ?? null)));
    }
    for (const [kind, tree] of [["visible", field.visible], ["required", field.required_when], ["readOnly", field.read_only_when]] as const) {
      if (tree) {
        flags.push(make(kind, table, target, field, tree, null));
      }
    }
  }
  for (const [place, item] of walkItems(items)) {
    if (item.visible) {
      flags.push(make("visible", "", itemKey(place), null, item.visible, null));
    }
  }
  return { values: inOrder(values), flags };
}

/** Every item of a layout with its place. */
export function* walkItems(items: readonly FormItem[], above: readonly number[] = []): Generator<[readonly number[], FormItem]> {
  for (const [index, item] of items.entries()) {
    const place = [...above, index];
    yield [place, item];
    yield* walkItems(item.items ?? [], place);
  }
}

/** What is read comes first; the definition was checked for cycles when it was published. */
function inOrder(values: readonly Computation[]): Computation[] {
  const makers = new Map(values.map((computation) => [computation.target, computation]));
  const done = new Set<Computation>();
  const ordered: Computation[] = [];
  const visit = (computation: Computation): void => {
    if (done.has(computation)) {
      return;
    }
    done.add(computation);
    for (const { column } of computation.reads) {
      const maker = makers.get(column);
      if (maker) {
        visit(maker);
      }
    }
    ordered.push(computation);
  };
  const place = (computation: Computation): number => computation.meta?.index_in_order ?? Number.MAX_SAFE_INTEGER;
  values.toSorted((a, b) => place(a) - place(b)).forEach(visit);
  return ordered;
}

/** Columns of a table whose sum means something: those that a formula around it sums up; failing that, computed amounts. */
export function totalColumns(metas: Metas, table: string, evaluator: Evaluator): readonly FieldMeta[] {
  const read = new Set<string>();
  for (const [column, field] of metas) {
    for (const path of field.formula ? evaluator.sums(field.formula) : []) {
      read.add(readOf(metas, tableOf(column), path)?.column ?? "");
    }
  }
  const numbers = (metas.get(table)?.fields ?? []).filter((field) => isNumeric(field) && field.type !== "percent");
  const summed = numbers.filter((field) => read.has(`${table}.${field.name}`));
  return summed.length > 0 ? summed : numbers.filter((field) => field.formula && field.type === "money");
}
