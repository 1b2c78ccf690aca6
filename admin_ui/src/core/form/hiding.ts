import type { Flags } from "./access.ts";
import type { Cells } from "./cells.ts";
import type { Changed } from "./changed.ts";
import type { Content } from "./content.ts";
import { drawRow } from "./drawing.ts";
import { fatesOf, type Fate } from "./fates.ts";
import { columnOf, placeOf } from "./paths.ts";
import { rowsChanged } from "./payload.ts";
import { Changes } from "./recompute.ts";
import { labelIn } from "./references.ts";
import { dropRow } from "./row_edits.ts";
import type { FieldMeta, Json, Labels } from "./types.ts";
import { isTable, rowsOf, sameValue } from "./values.ts";

interface Surroundings {
  readonly content: Content;
  readonly cells: Cells;
  readonly changed: Changed;
  readonly flags: (meta: FieldMeta, path: string) => Flags;
  readonly labels: () => Labels;
  /** What a field of a new row starts with. */
  readonly fresh: (meta: FieldMeta, row: string | null) => Json;
  /** Take a copy again from what its reference points at. */
  readonly copyAgain: (path: string) => void;
}

/** Carries out what is declared of hidden values: cleared, or as it was before anybody typed; the server takes it no other way. */
export class Hiding {
  constructor(private readonly around: Surroundings) {}

  /** A field was hidden. What that changes is added to `changes`. */
  hide(path: string, meta: FieldMeta, changes: Changes): void {
    [...fatesOf(this.around.content, path, meta)].forEach((fate) => this.suffer(fate, changes));
  }

  /** Something was written into a cell. Hidden with what it lies in, it suffers what hiding it would do; says what changed. */
  written(path: string): Changes {
    const changes = new Changes();
    const hidden = this.hiddenAt(path);
    const meta = hidden === null ? undefined : this.around.content.metas.get(columnOf(hidden));
    if (hidden !== null && meta !== undefined) {
      this.hide(hidden, meta, changes);
    }
    return changes;
  }

  /** The outermost hidden cell on the way to a cell. */
  private hiddenAt(path: string): string | null {
    const { table } = placeOf(path);
    const above = table === null ? null : this.hiddenAt(table);
    return above ?? (this.around.cells.get(path).visible ? null : path);
  }

  private suffer({ path, meta, fate }: Fate, changes: Changes): void {
    const { content, cells, changed, fresh, copyAgain } = this.around;
    const { row } = placeOf(path);
    const was = fate === "clear" ? null : changed.was(path);
    if (was === undefined && meta.copy) {
      copyAgain(path);
      return;
    }
    const value = was === undefined ? fresh(meta, row) : was;
    if (isTable(meta) ? !rowsChanged(content, path, value) : sameValue(content.value(path), value, meta)) {
      return;
    }
    if (isTable(meta)) {
      this.replaceRows(path, value);
    } else {
      content.write(path, meta, value);
      cells.patch(path, { value, label: labelIn(this.around.labels(), columnOf(path), value) });
      changed.cell(path, meta);
    }
    changes.add(columnOf(path), row);
  }

  private replaceRows(list: string, value: Json): void {
    const { content, cells, changed, flags, labels } = this.around;
    content.rows(list).forEach((row) => dropRow(content, cells, changed, list, row));
    content.replace(list, rowsOf(value));
    content.rows(list).forEach((row) => drawRow(content, cells, flags, labels(), row));
    cells.touch(list);
    changed.rows(list);
  }
}
