import type { Evaluator } from "./evaluator.ts";
import { cellPath, columnOf, placeOf, type RowKeys } from "./paths.ts";
import type { EntityMeta, FieldMeta, Json, Values } from "./types.ts";
import { isTable, rowsOf } from "./values.ts";

type Typed = Record<string, unknown>;

/**
 * What the record says now, twice: as it travels (strings and numbers) and as the evaluator wants it. The typed side is
 * changed in place, one cell at a time, so that a key press in row 200 converts one value. Rows have keys of their own,
 * which no other row of the record has, however deep it lies.
 */
export class Content {
  readonly typed: Typed = {};
  readonly metas = new Map<string, FieldMeta>();
  private readonly wire = new Map<string, Json>();
  private readonly order = new Map<string, readonly string[]>();
  private readonly typedRows = new Map<string, Typed>();
  private readonly ids = new Map<string, string>();
  private readonly homes = new Map<string, string>();
  private readonly positions = new Map<string, number>();
  /** Rows as they travel, until something in them changes: a snapshot makes anew what is new. */
  private readonly travelling = new Map<string, Values>();
  private counter = 0;

  constructor(
    readonly meta: EntityMeta,
    private readonly evaluator: Evaluator,
  ) {
    const know = (fields: readonly FieldMeta[], prefix: string): void =>
      fields.forEach((field) => {
        this.metas.set(prefix + field.name, field);
        know(field.fields ?? [], `${prefix}${field.name}.`);
      });
    know(meta.fields, "");
    meta.fields.filter(isTable).forEach((field) => this.setOrder(field.name, []));
    this.system(null);
  }

  rows(list: string): readonly string[] {
    return this.order.get(list) ?? [];
  }

  has(row: string): boolean {
    return this.homes.has(row);
  }

  /** The place of a row in its list. */
  indexOf(row: string): number {
    return this.positions.get(row) ?? -1;
  }

  /** The list that a row stands in. */
  home(row: string): string {
    return this.homes.get(row) ?? "";
  }

  rowId(row: string): string | undefined {
    return this.ids.get(row);
  }

  /** The path of a field in a row, or in the record itself. */
  cellOf(row: string | null, field: string): string {
    return row === null ? field : cellPath(this.home(row), row, field);
  }

  value(path: string): Json {
    return this.wire.get(path) ?? null;
  }

  typedRow(row: string): Typed {
    return this.typedRows.get(row) ?? {};
  }

  /** The rows that a row lies in, the outermost first, itself last. */
  chain(row: string): readonly string[] {
    const above = placeOf(this.home(row)).row;
    return above === null ? [row] : [...this.chain(above), row];
  }

  /** The row around `row` (or itself) that stands in a table; null for the record. */
  around(row: string | null, table: string): string | null {
    return table === "" || row === null ? null : (this.chain(row)[table.split(".").length - 1] ?? null);
  }

  /** Every row of a table below a row, or of the whole record. */
  under(row: string | null, table: string): readonly string[] {
    const depth = row === null ? 0 : this.chain(row).length;
    let rows: readonly (string | null)[] = [row];
    for (const name of table.split(".").slice(depth)) {
      rows = rows.flatMap((one) => this.rows(this.cellOf(one, name)));
    }
    return rows.filter((one) => one !== null);
  }

  write(path: string, field: FieldMeta, value: Json, typed?: unknown): void {
    this.wire.set(path, value);
    const { row } = placeOf(path);
    this.stir(row);
    const target = row === null ? this.typed : this.typedRows.get(row);
    if (target) {
      target[field.name] = typed === undefined ? this.evaluator.typed(field, value) : typed;
    }
  }

  typedAt(path: string): unknown {
    const { row, field } = placeOf(path);
    return (row === null ? this.typed : this.typedRow(row))[field];
  }

  putTyped(path: string, typed: unknown): void {
    const { row, field } = placeOf(path);
    (row === null ? this.typed : this.typedRow(row))[field] = typed;
  }

  /** A new row at `index`, blank but for `values`; returns its key. */
  insert(list: string, index: number, values: Values): string {
    const row = this.made(list, values);
    this.setOrder(list, this.rows(list).toSpliced(index, 0, row));
    return row;
  }

  remove(list: string, row: string): void {
    this.forget(list, row);
    this.setOrder(list, this.rows(list).filter((key) => key !== row));
  }

  /** Put other rows into a list than those that are in it. */
  replace(list: string, values: readonly Values[]): void {
    this.rows(list).forEach((row) => this.forget(list, row));
    this.setOrder(list, values.map((one) => this.made(list, one)));
  }

  move(list: string, row: string, index: number): void {
    this.setOrder(list, this.rows(list).filter((key) => key !== row).toSpliced(index, 0, row));
  }

  /** System fields that formulas may read: status, owner and their like. */
  system(record: Readonly<Record<string, unknown>> | null): void {
    for (const field of this.meta.system_fields ?? []) {
      const value = record?.[field.name];
      this.typed[field.name] = this.evaluator.typed(field, (value ?? null) as Json);
    }
  }

  rowValues(row: string): Values {
    let values = this.travelling.get(row);
    if (values === undefined) {
      const id = this.ids.get(row);
      values = { ...(id === undefined ? {} : { id }), ...this.valuesOf(this.fieldsOf(this.home(row)), row) };
      this.travelling.set(row, values);
    }
    return values;
  }

  /** The record without its rows, and of a row the values of the rows around it: what filters of a picker look at, short enough for an address. */
  head(row: string | null = null): Values {
    const plain = (fields: readonly FieldMeta[], of: string | null): Values => this.valuesOf(fields.filter((field) => !isTable(field)), of);
    const rows = row === null ? [] : this.chain(row).map((one) => plain(this.fieldsOf(this.home(one)), one));
    return Object.assign({}, plain(this.meta.fields, null), ...rows) as Values;
  }

  /** The record as it travels. */
  snapshot(): Values {
    return this.valuesOf(this.meta.fields, null);
  }

  /** The keys of the rows of every list. */
  keys(): RowKeys {
    return Object.fromEntries(this.order);
  }

  load(values: Values): void {
    for (const field of this.meta.fields) {
      if (isTable(field)) {
        this.replace(field.name, rowsOf(values[field.name]));
      } else {
        this.write(field.name, field, values[field.name] ?? null);
      }
    }
  }

  fieldsOf(list: string): readonly FieldMeta[] {
    return this.metas.get(columnOf(list))?.fields ?? [];
  }

  private valuesOf(fields: readonly FieldMeta[], row: string | null): Values {
    const read = (field: FieldMeta): Json => {
      const path = this.cellOf(row, field.name);
      return isTable(field) ? this.rows(path).map((one) => this.rowValues(one) as Json) : this.value(path);
    };
    return Object.fromEntries(fields.map((field) => [field.name, read(field)]));
  }

  private made(list: string, values: Values): string {
    this.counter += 1;
    const row = `r${this.counter}`;
    this.typedRows.set(row, {});
    this.homes.set(row, list);
    if (typeof values["id"] === "string") {
      this.ids.set(row, values["id"]);
    }
    for (const field of this.fieldsOf(list)) {
      const path = cellPath(list, row, field.name);
      if (isTable(field)) {
        this.setOrder(path, rowsOf(values[field.name]).map((inner) => this.made(path, inner)));
      } else {
        this.write(path, field, values[field.name] ?? null);
      }
    }
    return row;
  }

  private forget(list: string, row: string): void {
    for (const field of this.fieldsOf(list)) {
      const path = cellPath(list, row, field.name);
      this.rows(path).forEach((inner) => this.forget(path, inner));
      this.wire.delete(path);
      this.order.delete(path);
    }
    this.travelling.delete(row);
    this.typedRows.delete(row);
    this.homes.delete(row);
    this.positions.delete(row);
  }

  /** A row changed, and with it the rows that it lies in. Where one has to be made anew, those around it have to be as well. */
  private stir(row: string | null): void {
    let one = row;
    while (one !== null && this.travelling.delete(one)) {
      one = placeOf(this.home(one)).row;
    }
  }

  private setOrder(list: string, rows: readonly string[]): void {
    const { row, field } = placeOf(list);
    this.order.set(list, rows);
    this.stir(row);
    rows.forEach((one, index) => this.positions.set(one, index));
    const holder = row === null ? this.typed : this.typedRow(row);
    holder[field] = rows.map((one) => this.typedRow(one));
  }
}
