import type { Content } from "./content.ts";
import { columnOf } from "./paths.ts";
import type { FieldMeta } from "./types.ts";
import { isComputed, isTable } from "./values.ts";

/** A field that lost its place on the page, and what its definition says becomes of its value. */
export interface Fate {
  readonly path: string;
  readonly meta: FieldMeta;
  readonly fate: "clear" | "ignore";
}

/** What hiding a field asks for: for itself, and where it is a table for the fields of its rows. */
export function* fatesOf(content: Content, path: string, meta: FieldMeta): Generator<Fate> {
  if (meta.when_hidden && meta.when_hidden !== "keep" && !isComputed(meta)) {
    yield { path, meta, fate: meta.when_hidden };
  }
  for (const row of isTable(meta) ? content.rows(path) : []) {
    for (const field of meta.fields ?? []) {
      yield* fatesOf(content, content.cellOf(row, field.name), field);
    }
  }
}

/** The cells that are hidden and ignored now: rules do not look at them. */
export function ignoredCells(content: Content, isVisible: (path: string) => boolean): readonly string[] {
  const found: string[] = [];
  const walk = (fields: readonly FieldMeta[], row: string | null, hidden: boolean): void => {
    for (const field of fields) {
      const path = content.cellOf(row, field.name);
      const gone = hidden || !isVisible(path);
      if (gone && field.when_hidden === "ignore") {
        found.push(path);
      }
      content.rows(path).forEach((inner) => walk(field.fields ?? [], inner, gone));
    }
  };
  if ([...content.metas.values()].some((field) => field.when_hidden === "ignore")) {
    walk(content.meta.fields, null, false);
  }
  return found;
}

/** Do something while the cells of some paths are blank to formulas. */
export function whileBlank<T>(content: Content, paths: readonly string[], work: () => T): T {
  const kept = paths.map((path) => [path, content.typedAt(path)] as const);
  paths.forEach((path) => content.putTyped(path, isTable(content.metas.get(columnOf(path)) as FieldMeta) ? [] : null));
  try {
    return work();
  } finally {
    kept.forEach(([path, typed]) => content.putTyped(path, typed));
  }
}
