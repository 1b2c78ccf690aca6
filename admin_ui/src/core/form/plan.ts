import type { Evaluator } from "./evaluator.ts";
import type { EntityMeta, FieldMeta, FormItem, Tree } from "./types.ts";
import { isNumeric, isTable } from "./values.ts";

export type ComputationKind = "value" | "visible" | "required" | "readOnly";

/** One thing to work out again when something that it reads changes. */
export interface Computation {
  readonly kind: ComputationKind;
  readonly table: string | null;
  /** `total`, `lines.amount`, or the key of a layout item. */
  readonly target: string;
  readonly meta: FieldMeta | null;
  readonly tree: Tree | null;
  /** `worker.phone`: read through a reference. */
  readonly lookup: string | null;
  /** Columns read from the same row. */
  readonly own: ReadonlySet<string>;
  /** Record fields and whole columns: a change in any row matters to every row. */
  readonly wide: ReadonlySet<string>;
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

export function makePlan(meta: EntityMeta, items: readonly FormItem[], evaluator: Evaluator): Plan {
  const known = new Set([...meta.fields, ...(meta.system_fields ?? [])].map((field) => field.name));
  const make = (kind: ComputationKind, table: FieldMeta | null, target: string, field: FieldMeta | null, tree: Tree | null, lookup: string | null): Computation => {
    const reads = tree ? evaluator.reads(tree) : [lookup ?? ""];
    const own = new Set<string>();
    const wide = new Set<string>();
    let remote = tree ? evaluator.remote(tree) : (lookup ?? "").split(".").length > 2;
    for (const path of reads) {
      const [head = "", next] = path.split(".");
      const inRow = table?.fields?.some((child) => child.name === head) ?? false;
      const top = meta.fields.find((candidate) => candidate.name === head);
      if (inRow && table) {
        own.add(`${table.name}.${head}`);
      } else {
        remote ||= !known.has(head);
        wide.add(top && isTable(top) && next ? `${head}.${next}` : head);
        if (top && isTable(top) && next && !top.fields?.some((child) => child.name === next)) {
          remote = true;
        }
      }
    }
    return { kind, table: table?.name ?? null, target, meta: field, tree, lookup, own, wide, remote };
  };
  const values: Computation[] = [];
  const flags: Computation[] = [];
  const visit = (fields: readonly FieldMeta[], table: FieldMeta | null): void => {
    for (const field of fields) {
      const target = table ? `${table.name}.${field.name}` : field.name;
      if (field.formula || field.lookup) {
        values.push(make("value", table, target, field, field.formula ?? null, field.formula ? null : (field.lookup ?? null)));
      }
      for (const [kind, tree] of [["visible", field.visible], ["required", field.required_when], ["readOnly", field.read_only_when]] as const) {
        if (tree) {
          flags.push(make(kind, table, target, field, tree, null));
        }
      }
      if (isTable(field) && table === null) {
        visit(field.fields ?? [], field);
      }
    }
  };
  visit(meta.fields, null);
  for (const [place, item] of walkItems(items)) {
    if (item.visible) {
      flags.push(make("visible", null, itemKey(place), null, item.visible, null));
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
    for (const path of [...computation.own, ...computation.wide]) {
      const maker = makers.get(path);
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

/** Columns whose sum means something: those that a formula of the record sums up; failing that, computed amounts. */
export function totalColumns(meta: EntityMeta, table: FieldMeta, evaluator: Evaluator): readonly FieldMeta[] {
  const read = new Set(meta.fields.flatMap((field) => (field.formula ? evaluator.sums(field.formula) : [])));
  const numbers = (table.fields ?? []).filter((field) => isNumeric(field) && field.type !== "percent");
  const summed = numbers.filter((field) => read.has(`${table.name}.${field.name}`));
  return summed.length > 0 ? summed : numbers.filter((field) => field.formula && field.type === "money");
}
