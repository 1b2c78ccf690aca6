import { cellPath } from "./paths.ts";
import type { Evaluator } from "./evaluator.ts";
import { isTable, rowsOf } from "./values.ts";
import type { EntityMeta, FieldMeta, Json, Values } from "./types.ts";

/**
 * What the record says now, twice: as it travels (strings and numbers) and as the evaluator wants it. The typed side is
 * changed in place, one cell at a time, so that a key press in row 200 converts one value.
 */
export class Content {
  readonly typed: Record<string, unknown> = {};
  readonly metas = new Map<string, FieldMeta>();
  private readonly wire = new Map<string, Json>();
  private readonly order = new Map<string, readonly string[]>();
  private readonly typedRows = new Map<string, Record<string, unknown>>();
  private readonly ids = new Map<string, string>();
  private counter = 0;

  constructor(
    readonly meta: EntityMeta,
    private readonly evaluator: Evaluator,
  ) {
    for (const field of meta.fields) {
      this.metas.set(field.name, field);
      field.fields?.forEach((child) => this.metas.set(`${field.name}.${child.name}`, child));
      if (isTable(field)) {
        this.setOrder(field.name, []);
      }
    }
    this.system(null);
  }

  tables(): FieldMeta[] {
    return this.meta.fields.filter(isTable);
  }

  rows(table: string): readonly string[] {
    return this.order.get(table) ?? [];
  }

  rowId(row: string): string | undefined {
    return this.ids.get(row);
  }

  value(path: string): Json {
    return this.wire.get(path) ?? null;
  }

  typedRow(row: string): Record<string, unknown> {
    return this.typedRows.get(row) ?? {};
  }

  write(table: string | null, row: string | null, field: FieldMeta, value: Json, typed?: unknown): void {
    this.wire.set(cellPath(table, row, field.name), value);
    const target = row === null ? this.typed : this.typedRows.get(row);
    if (target) {
      target[field.name] = typed === undefined ? this.evaluator.typed(field, value) : typed;
    }
  }

  /** A new row at `index`, blank but for `values`; returns its key. */
  insert(table: FieldMeta, index: number, values: Values): string {
    this.counter += 1;
    const row = `r${this.counter}`;
    this.typedRows.set(row, {});
    if (typeof values["id"] === "string") {
      this.ids.set(row, values["id"]);
    }
    for (const field of table.fields ?? []) {
      this.write(table.name, row, field, values[field.name] ?? null);
    }
    this.setOrder(table.name, this.rows(table.name).toSpliced(index, 0, row));
    return row;
  }

  remove(table: FieldMeta, row: string): void {
    this.setOrder(table.name, this.rows(table.name).filter((key) => key !== row));
    this.typedRows.delete(row);
    table.fields?.forEach((field) => this.wire.delete(cellPath(table.name, row, field.name)));
  }

  /** System fields that formulas may read: status, owner and their like. */
  system(record: Readonly<Record<string, unknown>> | null): void {
    for (const field of this.meta.system_fields ?? []) {
      const value = record?.[field.name];
      this.typed[field.name] = this.evaluator.typed(field, (value ?? null) as Json);
    }
  }

  rowValues(table: FieldMeta, row: string): Values {
    const id = this.ids.get(row);
    const values: Record<string, Json> = id === undefined ? {} : { id };
    for (const field of table.fields ?? []) {
      values[field.name] = this.value(cellPath(table.name, row, field.name));
    }
    return values;
  }

  /** The record without its rows: what filters of a picker look at, short enough for an address. */
  head(): Values {
    return Object.fromEntries(this.meta.fields.filter((field) => !isTable(field)).map((field) => [field.name, this.value(field.name)]));
  }

  /** The record as it travels. */
  snapshot(): Values {
    const values: Record<string, Json> = {};
    for (const field of this.meta.fields) {
      values[field.name] = isTable(field)
        ? this.rows(field.name).map((row) => this.rowValues(field, row) as Json)
        : this.value(field.name);
    }
    return values;
  }

  load(values: Values): void {
    for (const field of this.meta.fields) {
      if (isTable(field)) {
        for (const row of this.rows(field.name)) {
          this.remove(field, row);
        }
        rowsOf(values[field.name]).forEach((row, index) => this.insert(field, index, row));
      } else {
        this.write(null, null, field, values[field.name] ?? null);
      }
    }
  }

  private setOrder(table: string, rows: readonly string[]): void {
    this.order.set(table, rows);
    this.typed[table] = rows.map((row) => this.typedRow(row));
  }
}
