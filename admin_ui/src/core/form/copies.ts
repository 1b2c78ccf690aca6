import type { Content } from "./content.ts";
import { cellPath, placeOf } from "./paths.ts";
import { labelIn, type ReferencedRecord, type References } from "./references.ts";
import type { FieldMeta, Json } from "./types.ts";
import { isTable } from "./values.ts";

type Write = (path: string, value: Json, label: string | null) => void;

/** A field that is filled from a record when the reference to it changes, and belongs to the person from then on. */
interface Copy {
  readonly table: FieldMeta | null;
  readonly field: FieldMeta;
  readonly reference: FieldMeta;
  /** The reference stands in the same row, not in the record above. */
  readonly inRow: boolean;
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
    this.all = content.meta.fields.flatMap((field) => [
      ...this.copyOf(field, null),
      ...(isTable(field) ? (field.fields ?? []).flatMap((child) => this.copyOf(child, field)) : []),
    ]);
  }

  /** A person chose another record in the reference at `path`. */
  referenceChanged(path: string): void {
    const place = placeOf(path);
    for (const copy of this.all.filter((one) => one.reference.name === place.field && one.inRow === (place.table !== null))) {
      if (copy.inRow && copy.table?.name !== place.table) {
        continue;
      }
      const rows = copy.table === null ? [null] : copy.inRow ? [place.row] : this.content.rows(copy.table.name);
      rows.forEach((row) => this.fill(copy, row));
    }
  }

  /** A person wrote into a cell: an answer that is still on its way must not overwrite that. */
  typed(path: string): void {
    this.awaited.delete(path);
  }

  /** A new row takes what it copies from the record above. */
  rowAdded(table: string, row: string): void {
    this.all.filter((copy) => copy.table?.name === table && !copy.inRow).forEach((copy) => this.fill(copy, row));
  }

  private fill(copy: Copy, row: string | null): void {
    const from = copy.inRow ? cellPath(copy.table?.name ?? null, row, copy.reference.name) : copy.reference.name;
    const target = cellPath(copy.table?.name ?? null, row, copy.field.name);
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
        this.unknown(copy.table === null ? copy.field.name : `${copy.table.name}.${copy.field.name}`);
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

  private copyOf(field: FieldMeta, table: FieldMeta | null): Copy[] {
    const [head, source, deeper] = (field.copy ?? "").split(".");
    if (!head || !source || deeper !== undefined) {
      return [];
    }
    const own = table?.fields?.find((candidate) => candidate.name === head);
    const reference = own ?? this.content.meta.fields.find((candidate) => candidate.name === head);
    return reference?.to ? [{ table, field, reference, inRow: own !== undefined, source }] : [];
  }
}
