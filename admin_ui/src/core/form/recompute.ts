import type { Flags } from "./access.ts";
import type { Cells } from "./cells.ts";
import type { Content } from "./content.ts";
import { OnlyServerKnows, PendingReference, type EvaluationScope, type Evaluator } from "./evaluator.ts";
import { cellPath } from "./paths.ts";
import type { Computation, Plan } from "./plan.ts";
import { labelIn, type References } from "./references.ts";
import type { FieldMeta, Json } from "./types.ts";
import { sameValue } from "./values.ts";

/** Which columns changed, in which rows; `null`: in all, or there are no rows. */
export class Changes {
  private readonly columns = new Map<string, Set<string> | null>();

  add(column: string, row: string | null): void {
    const known = this.columns.get(column);
    if (row === null || known === null) {
      this.columns.set(column, null);
    } else {
      this.columns.set(column, (known ?? new Set()).add(row));
    }
  }

  has(column: string): boolean {
    return this.columns.has(column);
  }

  rows(column: string): ReadonlySet<string> | null | undefined {
    return this.columns.get(column);
  }

  get empty(): boolean {
    return this.columns.size === 0;
  }
}

interface Told {
  value: Json;
  typed: unknown;
  label: string | null;
}

/** Works out again what a change touches, and nothing else. */
export class Recompute {
  /** What only the server can tell, by column. */
  readonly forServer = new Set<string>();
  private readonly waiting = new Map<string, [Computation, string | null]>();

  constructor(
    private readonly plan: Plan,
    private readonly content: Content,
    private readonly cells: Cells,
    private readonly evaluator: Evaluator,
    private readonly references: References,
    private readonly flags: (meta: FieldMeta, path: string) => Flags,
    private readonly cleared: (path: string, changes: Changes) => void,
  ) {
    plan.values.filter((one) => one.remote).forEach((one) => this.forServer.add(one.target));
  }

  run(changes: Changes): void {
    for (const computation of this.plan.values) {
      for (const row of this.affected(computation, changes)) {
        this.workOut(computation, row, changes);
      }
    }
    const hidden = this.runFlags(changes);
    if (!hidden.empty) {
      this.run(hidden);
    }
  }

  private runFlags(changes: Changes): Changes {
    const hidden = new Changes();
    for (const computation of this.plan.flags) {
      for (const row of this.affected(computation, changes)) {
        this.flag(computation, row, hidden);
      }
    }
    return hidden;
  }

  /** Everything, as when a record is opened; of one that is only read, the stored values stand and only flags are asked. */
  runAll(valuesToo: boolean): void {
    const all = new Changes();
    for (const column of this.content.metas.keys()) {
      all.add(column, null);
    }
    for (const computation of [...this.plan.values, ...this.plan.flags]) {
      computation.wide.forEach((column) => all.add(column, null));
    }
    if (valuesToo) {
      this.run(all);
    } else {
      this.runFlags(all);
    }
  }

  /** A reference arrived: try again what waited for one. */
  retry(): void {
    const again = [...this.waiting.values()];
    this.waiting.clear();
    const changes = new Changes();
    for (const [computation, row] of again) {
      if (row !== null && !this.content.rows(computation.table ?? "").includes(row)) {
        continue;
      }
      if (computation.kind === "value") {
        this.workOut(computation, row, changes);
      } else {
        this.flag(computation, row, changes);
      }
    }
    this.run(changes);
  }

  scope(table: string | null, row: string | null, rowsAs: string | null = null): EvaluationScope {
    return {
      values: this.content.typed,
      row: row === null ? null : this.content.typedRow(row),
      rowIndex: row === null || table === null ? null : this.content.rows(table).indexOf(row),
      rowsAs,
      fetch: (shape, id, field) => this.references.fetch(shape, id, field),
    };
  }

  private affected(computation: Computation, changes: Changes): readonly (string | null)[] {
    const { table, own, wide } = computation;
    const everywhere = [...wide].some((column) => changes.has(column) || changes.has(column.split(".")[0] ?? ""));
    if (table === null) {
      return everywhere ? [null] : [];
    }
    const rows = this.content.rows(table);
    const sets = [...own].map((column) => changes.rows(column));
    if (everywhere || changes.has(table) || sets.includes(null)) {
      return rows;
    }
    return rows.filter((row) => sets.some((set) => set?.has(row)));
  }

  private workOut(computation: Computation, row: string | null, changes: Changes): void {
    const { table, meta } = computation;
    if (meta === null || computation.remote) {
      return;
    }
    const path = cellPath(table, row, meta.name);
    const told = this.attempt(computation, row, path, (): Told => {
      if (computation.lookup !== null) {
        return this.lookUp(computation.lookup, table, row, meta);
      }
      const typed = this.evaluator.evaluate(computation.tree ?? {}, this.scope(table, row));
      return { value: this.evaluator.wire(meta, typed), typed, label: null };
    });
    if (told !== null) {
      this.cells.patch(path, { value: told.value, label: told.label });
    } else if (this.cells.get(path).failed === null) {
      return;
    }
    if (!sameValue(this.content.value(path), told?.value, meta)) {
      this.content.write(table, row, meta, told?.value ?? null, told?.typed);
      changes.add(computation.target, row);
    }
  }

  private lookUp(path: string, table: string | null, row: string | null, meta: FieldMeta): Told {
    const [head = "", field = ""] = path.split(".");
    const inRow = table !== null && this.content.metas.has(`${table}.${head}`);
    const reference = this.content.metas.get(inRow ? `${table}.${head}` : head);
    const id = this.content.value(inRow ? cellPath(table, row, head) : head);
    if (!reference?.to || typeof id !== "string" || id === "") {
      return { value: null, typed: undefined, label: null };
    }
    const record = this.references.require(reference.to, id);
    const value = record.values[field] ?? null;
    return { value, typed: this.evaluator.typed(meta, value), label: labelIn(record.labels, field, value) };
  }

  private flag(computation: Computation, row: string | null, changes: Changes): void {
    const { kind, table, target, meta } = computation;
    if (computation.remote || kind === "value") {
      return;
    }
    const path = meta === null ? target : cellPath(table, row, meta.name);
    const told = this.attempt(computation, row, path, () => this.evaluator.evaluate(computation.tree ?? {}, this.scope(table, row)) === true);
    if (told === null) {
      return;
    }
    const fixed = meta === null ? { visible: true, required: false, readOnly: false } : this.flags(meta, path);
    const holds = kind === "visible" ? told && fixed.visible : told || fixed[kind];
    this.cells.patch(path, { [kind]: holds });
    if (kind === "visible" && !told && meta?.when_hidden === "clear") {
      this.cleared(path, changes);
    }
  }

  /** The answer, or null when it must be waited for, comes from the server, or is an error that shows. */
  private attempt<T>(computation: Computation, row: string | null, path: string, work: () => T): T | null {
    try {
      const told = work();
      this.cells.patch(path, { pending: false, failed: null });
      return told;
    } catch (error) {
      if (error instanceof PendingReference) {
        this.waiting.set(`${computation.kind} ${path}`, [computation, row]);
        this.cells.patch(path, { pending: true });
      } else if (error instanceof OnlyServerKnows) {
        this.forServer.add(computation.target);
        this.cells.patch(path, { pending: true });
      } else {
        const code = error instanceof Error && "code" in error ? String(error.code) : "formula_failed";
        this.cells.patch(path, { failed: code, pending: false, ...(computation.kind === "value" ? { value: null } : {}) });
      }
      return null;
    }
  }
}
