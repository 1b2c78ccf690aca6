import type { Content } from "./content.ts";
import { placeOf } from "./paths.ts";
import { rowsChanged } from "./payload.ts";
import type { FieldMeta, Json, Values } from "./types.ts";
import { isTable, rowsOf, sameValue } from "./values.ts";

/** What differs from the record as it was opened; kept up to date one cell at a time. */
export class Changed {
  private readonly paths = new Set<string>();
  private base: Values = {};

  constructor(
    private readonly content: Content,
    private readonly flipped: () => void,
  ) {}

  get any(): boolean {
    return this.paths.size > 0;
  }

  get before(): Values {
    return this.base;
  }

  start(base: Values): void {
    this.base = base;
    this.paths.clear();
    this.flipped();
  }

  /** What stood in a cell when the record was opened; undefined in a row that is new. */
  was(path: string): Json | undefined {
    const { row, field } = placeOf(path);
    const holder = this.holder(row);
    return holder === undefined ? undefined : (holder[field] ?? null);
  }

  cell(path: string, meta: FieldMeta): void {
    this.mark(path, !sameValue(this.was(path), this.content.value(path), meta));
  }

  rows(list: string): void {
    this.mark(list, rowsChanged(this.content, list, this.was(list)));
  }

  /** Forget a row that is gone, with everything in it. */
  forget(list: string, row: string): void {
    const start = `${list}/${row}/`;
    [...this.paths].filter((path) => path.startsWith(start)).forEach((path) => this.paths.delete(path));
  }

  /** Compare the whole record, as after a draft came back. */
  all(): void {
    for (const field of this.content.meta.fields.filter((one) => !one.formula && !one.lookup)) {
      if (isTable(field)) {
        this.rows(field.name);
      } else {
        this.cell(field.name, field);
      }
    }
  }

  private holder(row: string | null): Values | undefined {
    if (row === null) {
      return this.base;
    }
    const { row: above, field } = placeOf(this.content.home(row));
    const id = this.content.rowId(row);
    return id === undefined ? undefined : byId(this.holder(above)?.[field]).get(id);
  }

  private mark(path: string, changed: boolean): void {
    const before = this.any;
    if (changed) {
      this.paths.add(path);
    } else {
      this.paths.delete(path);
    }
    if (before !== this.any) {
      this.flipped();
    }
  }
}

const known = new WeakMap<object, ReadonlyMap<unknown, Values>>();

/** The rows of a value by their ids; the same value is asked about for each of its cells. */
function byId(value: Json | undefined): ReadonlyMap<unknown, Values> {
  const holder = Array.isArray(value) ? value : [];
  const found = known.get(holder) ?? new Map(rowsOf(value).map((row) => [row["id"], row]));
  known.set(holder, found);
  return found;
}
