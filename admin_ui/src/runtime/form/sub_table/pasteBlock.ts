import { clientProblem } from "../../../core/form/checks.ts";
import { namesIn, needsLookup, parseBlock, valueOfText, takesMany } from "../../../core/form/paste.ts";
import { cellPath } from "../../../core/form/paths.ts";
import type { FormStore } from "../../../core/form/store.ts";
import type { FieldMeta } from "../../../core/form/types.ts";
import type { Option } from "../../../api/types.ts";

export interface PasteReport {
  readonly rows: number;
  /** Texts that named no record, or more than one: the cells stay marked. */
  readonly unknown: readonly string[];
  /** Rows that did not fit under the table's limit. */
  readonly cut: number;
}

/** Candidates for a text in a reference column. */
export type Find = (meta: FieldMeta, text: string) => Promise<readonly Option[]>;

const AT_ONCE = 6;

/**
 * Puts a block from a spreadsheet into a list of rows, its first cell at `row` and `columns[at]`; rows are added as needed.
 * References are named by label (or code) and looked up, each name once.
 */
export async function pasteBlock(store: FormStore, list: string, row: string, columns: readonly FieldMeta[], text: string, find: Find): Promise<PasteReport> {
  const block = parseBlock(text);
  const found = await lookUp(block, columns, find);
  const start = store.rows(list).indexOf(row);
  const most = store.field(list)?.max_rows;
  const room = most ? most - start : block.length;
  const fitting = block.slice(0, Math.max(0, room));
  const unknown = new Map<string, string>();
  const each = (work: (path: string, meta: FieldMeta, cell: string) => void): void =>
    fitting.forEach((cells, offset) => {
      const key = store.rows(list)[start + offset] ?? store.addRow(list);
      columns.forEach((meta, index) => {
        const path = cellPath(list, key, meta.name);
        const cell = cells[index];
        if (cell !== undefined && !store.cell(path).readOnly) work(path, meta, cell);
      });
    });
  store.bulk(() => {
    // References first: what they fill in gives way to what stands in the block.
    each((path, meta, cell) => {
      if (!needsLookup(meta)) return;
      const names = namesIn(meta, cell);
      const options = names.flatMap((name) => found.get(`${meta.name} ${name}`) ?? []);
      const missing = names.filter((name) => !found.has(`${meta.name} ${name}`));
      if (takesMany(meta)) store.set(path, options.length === 0 ? null : options.map((option) => option.id), options.map((option) => option.label).join("、") || null);
      else store.set(path, options[0]?.id ?? null, options[0]?.label ?? null);
      if (missing.length > 0) unknown.set(path, missing.join("、"));
    });
    each((path, meta, cell) => {
      if (!needsLookup(meta) && !(meta.copy && cell.trim() === "")) store.set(path, valueOfText(meta, cell));
    });
  });
  for (const [path, name] of unknown) store.mark(path, clientProblem("reference_not_found", { value: name }));
  for (const [offset] of fitting.entries()) {
    const key = store.rows(list)[start + offset];
    for (const meta of key === undefined ? [] : columns) {
      const path = cellPath(list, key ?? "", meta.name);
      if (!unknown.has(path) && store.cell(path).value !== null) store.leave(path);
    }
  }
  return { rows: fitting.length, unknown: [...new Set(unknown.values())], cut: block.length - fitting.length };
}

async function lookUp(block: readonly (readonly string[])[], columns: readonly FieldMeta[], find: Find): Promise<Map<string, Option>> {
  const wanted = new Map<string, [FieldMeta, string]>();
  columns.forEach((meta, index) => {
    for (const cells of needsLookup(meta) ? block : []) {
      for (const name of namesIn(meta, cells[index] ?? "")) wanted.set(`${meta.name} ${name}`, [meta, name]);
    }
  });
  const found = new Map<string, Option>();
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [key, [meta, name]] = next;
      const option = theOne(await find(meta, name).catch(() => []), name);
      if (option) found.set(key, option);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** The record that a text means: the only one of that label or code; two of the same name are no answer. */
export function theOne(options: readonly Option[], name: string): Option | null {
  const same = options.filter((option) => option.label === name || option.hint === name || option.id === name || option.label.split(/\s+/).includes(name));
  const exact = same.filter((option) => option.label === name || option.hint === name);
  const pick = exact.length > 0 ? exact : same;
  return pick.length === 1 ? (pick[0] ?? null) : null;
}
