import type { Content } from "./content.ts";
import { columnOf, placeOf, tableOf } from "./paths.ts";
import { ownerOf } from "./plan.ts";
import { labelIn, type ReferencedRecord, type References } from "./references.ts";
import type { FieldMeta, Json } from "./types.ts";
import { sameValue } from "./values.ts";

type Write = (path: string, value: Json, label: string | null) => void;

/** A field that is filled from a record when the reference to it changes, and belongs to the person from then on. */
interface Copy {
  /** The column that is filled. */
  readonly column: string;
  readonly field: FieldMeta;
  readonly reference: FieldMeta;
  /** The table in whose rows the reference stands: the copy's own, one around it, or the record (empty). */
  readonly from: string;
  readonly source: string;
}

export class Copies {
  private readonly all: readonly Copy[];
  /** Cells that wait for an answer, with the id that was asked about. */
  private readonly awaited = new Map<string, string>();

  constructor(
    private readonly content: Content,
    private readonly references: References,
    private readonly write: Write,
    /** The source is hidden from this person: the server fills the column. */
    private readonly unknown: (column: string) => void,
  ) {
    this.all = [...content.metas].flatMap(([column, field]) => this.copyOf(column, field));
  }

  /** A person chose another record in the reference at `path`. */
  referenceChanged(path: string): void {
    const column = columnOf(path);
    const { row } = placeOf(path);
    for (const copy of this.all.filter((one) => this.referenceOf(one) === column)) {
      const table = tableOf(copy.column);
      const rows: readonly (string | null)[] = table === "" ? [null] : this.content.under(row, table);
      rows.forEach((one) => this.fill(copy, one));
    }
  }

  /** A person wrote into a cell: an answer that is still on its way must not overwrite that. */
  typed(path: string): void {
    this.awaited.delete(path);
  }

  /** A new row takes what it copies from the rows around it and from the record. */
  rowAdded(list: string, row: string): void {
    const table = columnOf(list);
    this.all.filter((copy) => tableOf(copy.column) === table && copy.from !== table).forEach((copy) => this.fill(copy, row));
  }

  /** Take a copied cell again from what its reference points at, as if nobody had typed into it. */
  again(path: string): void {
    const { row } = placeOf(path);
    for (const copy of this.all.filter((one) => one.column === columnOf(path))) {
      const id = this.content.value(this.content.cellOf(this.content.around(row, copy.from), copy.reference.name));
      const known = typeof id === "string" ? this.references.peek(copy.reference.to ?? "", id) : null;
      if (known === undefined || !sameValue(this.content.value(path), known?.values[copy.source] ?? null, copy.field)) {
        this.fill(copy, row);
      }
    }
  }

  private referenceOf(copy: Copy): string {
    return copy.from === "" ? copy.reference.name : `${copy.from}.${copy.reference.name}`;
  }

  private fill(copy: Copy, row: string | null): void {
    const from = this.content.cellOf(this.content.around(row, copy.from), copy.reference.name);
    const target = this.content.cellOf(row, copy.field.name);
    const id = this.content.value(from);
    if (typeof id !== "string" || id === "") {
      this.awaited.delete(target);
      this.write(target, null, null);
      return;
    }
    this.awaited.set(target, id);
    const put = (record: ReferencedRecord | null): void => {
      if (this.awaited.get(target) !== id) {
        return;
      }
      this.awaited.delete(target);
      if (this.content.value(from) !== id) {
        return;
      }
      if (record === null || !(copy.source in record.values)) {
        this.unknown(copy.column);
        return;
      }
      const value = record.values[copy.source] ?? null;
      this.write(target, value, labelIn(record.labels, copy.source, value));
    };
    const known = this.references.peek(copy.reference.to ?? "", id);
    if (known === undefined) {
      void this.references.want(copy.reference.to ?? "", id).then(put);
    } else {
      put(known);
    }
  }

  private copyOf(column: string, field: FieldMeta): Copy[] {
    const [head, source, deeper] = (field.copy ?? "").split(".");
    if (!head || !source || deeper !== undefined) {
      return [];
    }
    const from = ownerOf(this.content.metas, tableOf(column), head);
    const reference = this.content.metas.get(from ? `${from}.${head}` : head);
    return from !== null && reference?.to ? [{ column, field, reference, from, source }] : [];
  }
}
