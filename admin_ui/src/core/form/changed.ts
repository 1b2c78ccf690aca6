import type { Content } from "./content.ts";
import { placeOf } from "./paths.ts";
import { tableChanged } from "./payload.ts";
import type { FieldMeta, Values } from "./types.ts";
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

  cell(path: string, meta: FieldMeta): void {
    const { table, row, field } = placeOf(path);
    const was = row === null ? this.base[field] : rowsOf(this.base[table ?? ""]).find((one) => one["id"] === this.content.rowId(row))?.[field];
    this.mark(path, !sameValue(was, this.content.value(path), meta));
  }

  table(meta: FieldMeta): void {
    this.mark(meta.name, tableChanged(this.content, meta, this.base[meta.name]));
  }

  forget(path: string): void {
    this.paths.delete(path);
  }

  /** Compare the whole record, as after a draft came back. */
  all(): void {
    for (const field of this.content.meta.fields.filter((one) => !one.formula && !one.lookup)) {
      if (isTable(field)) {
        this.table(field);
      } else {
        this.cell(field.name, field);
      }
    }
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
