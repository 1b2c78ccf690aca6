import type { Flags } from "./access.ts";
import type { Cells } from "./cells.ts";
import type { Content } from "./content.ts";
import { OnlyServerKnows, PendingReference, type EvaluationScope, type Evaluator } from "./evaluator.ts";
import { outwards, placeOf, tableOf } from "./paths.ts";
import type { Computation, Plan } from "./plan.ts";
import { labelIn, type References } from "./references.ts";
import type { FieldMeta, Json } from "./types.ts";
import { sameValue } from "./values.ts";

/** Which columns changed, in which rows; `null`: in all, or in the record. Rows that come and go change the column of their list. */
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
  /** What waits, by the reference that it waits for: many arrive one after the other, each concerns a few cells. */
  private readonly waiting = new Map<string, Map<string, [Computation, string | null]>>();

  constructor(
    private readonly plan: Plan,
    private readonly content: Content,
    private readonly cells: Cells,
    private readonly evaluator: Evaluator,
    private readonly references: References,
    private readonly flags: (meta: FieldMeta, path: string) => Flags,
    private readonly hidden: (path: string, meta: FieldMeta, changes: Changes) => void,
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
    for (const { reads } of [...this.plan.values, ...this.plan.flags]) {
      reads.forEach(({ column }) => all.add(column, null));
    }
    if (valuesToo) {
      this.run(all);
    } else {
      this.runFlags(all);
    }
  }

  /** A reference arrived: try again what waited for one. */
  retry(reference: string): void {
    const again = [...(this.waiting.get(reference)?.values() ?? [])];
    this.waiting.delete(reference);
    const changes = new Changes();
    for (const [computation, row] of again) {
      if (row !== null && !this.content.has(row)) {
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

  /** What a formula of a row sees. With `current` (rules) the names of the tables stand for the rows that it lies in. */
  scope(row: string | null, current = false): EvaluationScope {
    const { content } = this;
    const fetch: EvaluationScope["fetch"] = (shape, id, field) => this.references.fetch(shape, id, field);
    if (row === null) {
      return { values: content.typed, row: null, rowIndex: null, rowsAs: null, fetch };
    }
    const chain = content.chain(row);
    const list = content.home(row);
    const flat = chain.length === 1;
    const own = flat ? content.typedRow(row) : Object.assign({}, ...chain.map((one) => content.typedRow(one)), current ? this.standing(chain) : {});
    return { values: content.typed, row: own, rowIndex: content.indexOf(row), rowsAs: flat && current ? list : null, fetch };
  }

  private standing(chain: readonly string[]): Record<string, unknown> {
    const names: Record<string, unknown> = {};
    let inner: Record<string, unknown> = {};
    for (const row of chain.toReversed()) {
      const here = { ...this.content.typedRow(row), ...inner };
      const { field } = placeOf(this.content.home(row));
      names[field] = here;
      inner = { [field]: here };
    }
    return names;
  }

  /** Where something must be worked out again: in the record (null), or in which rows. */
  private affected(computation: Computation, changes: Changes): readonly (string | null)[] {
    const { table, reads } = computation;
    const rows = new Set<string>();
    let everywhere = false;
    const touch = (column: string, from: string): void => {
      const changed = changes.rows(column);
      if (changed === null || (changed !== undefined && from === "")) {
        everywhere = true;
      }
      for (const row of everywhere ? [] : (changed ?? [])) {
        this.content.under(this.content.around(row, from), table).forEach((one) => rows.add(one));
      }
    };
    for (const { column, from } of reads) {
      const depth = from === "" ? 0 : from.split(".").length;
      outwards(column).slice(depth).forEach((one) => touch(one, from));
    }
    if (table === "") {
      return everywhere ? [null] : [];
    }
    outwards(table).forEach((one) => touch(one, tableOf(one)));
    return everywhere ? this.content.under(null, table) : [...rows].filter((row) => this.content.has(row));
  }

  private workOut(computation: Computation, row: string | null, changes: Changes): void {
    const { meta } = computation;
    if (meta === null || computation.remote) {
      return;
    }
    const path = this.content.cellOf(row, meta.name);
    const told = this.attempt(computation, row, path, (): Told => {
      if (computation.lookup !== null) {
        return this.lookUp(computation, computation.lookup, row, meta);
      }
      const typed = this.evaluator.evaluate(computation.tree ?? {}, this.scope(row));
      return { value: this.evaluator.wire(meta, typed), typed, label: null };
    });
    if (told !== null) {
      this.cells.patch(path, { value: told.value, label: told.label });
    } else if (this.cells.get(path).failed === null) {
      return;
    }
    if (!sameValue(this.content.value(path), told?.value, meta)) {
      this.content.write(path, meta, told?.value ?? null, told?.typed);
      changes.add(computation.target, row);
    }
  }

  private lookUp(computation: Computation, path: string, row: string | null, meta: FieldMeta): Told {
    const [head = "", field = ""] = path.split(".");
    const from = computation.reads[0]?.from ?? "";
    const reference = this.content.metas.get(from === "" ? head : `${from}.${head}`);
    const id = this.content.value(this.content.cellOf(this.content.around(row, from), head));
    if (!reference?.to || typeof id !== "string" || id === "") {
      return { value: null, typed: undefined, label: null };
    }
    const record = this.references.require(reference.to, id);
    const value = record.values[field] ?? null;
    return { value, typed: this.evaluator.typed(meta, value), label: labelIn(record.labels, field, value) };
  }

  private flag(computation: Computation, row: string | null, changes: Changes): void {
    const { kind, target, meta } = computation;
    if (computation.remote || kind === "value") {
      return;
    }
    const path = meta === null ? target : this.content.cellOf(row, meta.name);
    const told = this.attempt(computation, row, path, () => this.evaluator.evaluate(computation.tree ?? {}, this.scope(row)) === true);
    if (told === null) {
      return;
    }
    const fixed = meta === null ? { visible: true, required: false, readOnly: false } : this.flags(meta, path);
    const holds = kind === "visible" ? told && fixed.visible : told || fixed[kind];
    this.cells.patch(path, { [kind]: holds });
    if (kind === "visible" && !told && meta !== null) {
      this.hidden(path, meta, changes);
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
        const waiting = this.waiting.get(error.reference) ?? new Map<string, [Computation, string | null]>();
        this.waiting.set(error.reference, waiting.set(`${computation.kind} ${path}`, [computation, row]));
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
