import { staticFlags, type AccessMap, type Flags } from "./access.ts";
import { takeAnswers } from "./answers.ts";
import { Cells, type CellState } from "./cells.ts";
import { Changed } from "./changed.ts";
import { Content } from "./content.ts";
import { Copies } from "./copies.ts";
import { defaultsOf } from "./defaults.ts";
import type { Evaluator } from "./evaluator.ts";
import { drawRecord, drawRow, labelsOf } from "./drawing.ts";
import { Findings, type Finding } from "./findings.ts";
import type { StoreOptions } from "./options.ts";
import { payloadOf } from "./payload.ts";
import { cellPath, columnOf, placeOf } from "./paths.ts";
import { makePlan, totalColumns } from "./plan.ts";
import { Changes, Recompute } from "./recompute.ts";
import { References } from "./references.ts";
import { brokenRules } from "./rules.ts";
import type { EntityMeta, FieldMeta, FieldProblem, Json, Labels, ProblemData, RecordData, Values } from "./types.ts";
import { isTable, sameValue } from "./values.ts";

export const DIRTY = "$dirty";
/** Touched by every edit of a person: autosave and the question to the server hang on it. */
export const EDITS = "$edits";

/** One record while somebody works on it: values, what follows from them, and what is wrong, each by path. */
export class FormStore {
  readonly meta: EntityMeta;
  readonly content: Content;
  edits = 0;
  private readonly cells = new Cells();
  private readonly recompute: Recompute;
  private readonly copies: Copies;
  private readonly findings: Findings;
  private readonly changed: Changed;
  private current: RecordData | null;
  private gathered: Changes | null = null;
  private access: AccessMap;
  private readonly editable: boolean;
  private readonly evaluator: Evaluator;

  constructor(options: StoreOptions) {
    this.meta = options.meta;
    this.evaluator = options.evaluator;
    this.current = options.record ?? null;
    this.editable = options.editable ?? true;
    this.access = options.access ?? options.record?.field_access ?? {};
    this.content = new Content(options.meta, options.evaluator);
    const references = new References(options.references, options.evaluator, () => this.cells.batch(() => this.recompute.retry()));
    const plan = makePlan(options.meta, options.items ?? [], options.evaluator);
    this.recompute = new Recompute(plan, this.content, this.cells, options.evaluator, references, this.flags, (path, changes) => this.clear(path, changes));
    this.copies = new Copies(this.content, references, (path, value, label) => this.write(path, value, label), (column) => this.recompute.forServer.add(column));
    this.findings = new Findings(this.content, this.cells, this.flags);
    this.changed = new Changed(this.content, () => this.cells.touch(DIRTY));
    const blank = (): Values => ({ ...defaultsOf(options.meta.fields, options.evaluator, this.recompute.scope(null, null)), ...options.defaults });
    this.open(options.record?.values ?? blank(), options.labels ?? options.record?.labels ?? {});
  }

  get record(): RecordData | null {
    return this.current;
  }

  get isNew(): boolean {
    return this.current === null;
  }

  get dirty(): boolean {
    return this.changed.any;
  }

  get baseValues(): Values {
    return this.changed.before;
  }

  readonly flags = (meta: FieldMeta, path: string): Flags => staticFlags(meta, path, this.access, this.editable);
  readonly cell = (path: string): CellState => this.cells.get(path);
  readonly rows = (table: string): readonly string[] => this.content.rows(table);
  readonly subscribe = (path: string, listener: () => void): (() => void) => this.cells.subscribe(path, listener);
  readonly batch = <T>(work: () => T): T => this.cells.batch(work);

  field(path: string): FieldMeta | undefined {
    return this.content.metas.get(columnOf(path));
  }

  /** A person typed or chose something. */
  set(path: string, value: Json, label: string | null = null): void {
    this.cells.batch(() => {
      this.copies.typed(path);
      this.write(path, value, label);
      if (this.field(path)?.to) {
        this.copies.referenceChanged(path);
      }
    });
  }

  /** Leaving a cell: say what is wrong with it now rather than while typing. */
  leave(path: string): void {
    this.cells.batch(() => this.findings.check(path, true));
  }

  /** Many changes at once, such as a block from a spreadsheet: what follows from them is worked out once. */
  bulk(work: () => void): void {
    this.cells.batch(() => {
      const changes = new Changes();
      this.gathered = changes;
      try {
        work();
      } finally {
        this.gathered = null;
      }
      this.recompute.run(changes);
      this.changed.all();
      this.edited();
    });
  }

  addRow(table: string, index?: number, values: Values = {}): string {
    return this.cells.batch(() => {
      const meta = this.table(table);
      const row = this.content.insert(meta, index ?? this.rows(table).length, { ...defaultsOf(meta.fields ?? [], this.evaluator, this.recompute.scope(null, null)), ...values });
      drawRow(this.content, this.cells, this.flags, {}, meta, row);
      this.structure(table);
      this.copies.rowAdded(table, row);
      return row;
    });
  }

  duplicateRow(table: string, row: string): string {
    const meta = this.table(table);
    const { id: _, ...values } = this.content.rowValues(meta, row);
    return this.cells.batch(() => {
      const labels = new Map(meta.fields?.map((field) => [field.name, this.cell(cellPath(table, row, field.name)).label]));
      const copy = this.addRow(table, this.rows(table).indexOf(row) + 1, values);
      meta.fields?.forEach((field) => this.write(cellPath(table, copy, field.name), values[field.name] ?? null, labels.get(field.name) ?? null));
      return copy;
    });
  }

  removeRow(table: string, row: string): void {
    const meta = this.table(table);
    this.cells.batch(() => {
      meta.fields?.forEach((field) => {
        this.cells.drop(cellPath(table, row, field.name));
        this.changed.forget(cellPath(table, row, field.name));
      });
      this.content.remove(meta, row);
      this.structure(table);
    });
  }

  /** Everything the browser can find wrong; true when nothing blocks. */
  validate(moment: "save" | "submit"): boolean {
    return this.cells.batch(() => {
      const fine = this.findings.checkAll();
      const broken = brokenRules(this.meta.rules ?? [], moment, this.content, this.evaluator, this.recompute);
      broken.forEach(({ path, problem }) => this.findings.add(path, problem));
      return fine && broken.every(({ problem }) => problem.severity !== "error");
    });
  }

  takeProblems(problems: readonly ProblemData[], keys: Readonly<Record<string, readonly string[]>> = this.rowKeys()): void {
    this.cells.batch(() => this.findings.take(problems, keys));
  }

  /** Say something about one cell until it is changed or checked again. */
  mark(path: string, problem: FieldProblem): void {
    this.cells.batch(() => this.findings.add(path, problem));
  }

  totals(table: FieldMeta): readonly FieldMeta[] {
    return totalColumns(this.meta, table, this.evaluator);
  }

  readonly problems = (): readonly Finding[] => this.findings.all();

  rowKeys(): Record<string, readonly string[]> {
    return Object.fromEntries(this.content.tables().map((table) => [table.name, this.rows(table.name)]));
  }

  payload(): Values {
    return payloadOf(this.content, this.baseValues, this.isNew, this.flags);
  }

  snapshot(): Values {
    return this.content.snapshot();
  }

  labels(): Labels {
    return labelsOf(this.cells);
  }

  /** Which columns only the server can work out. */
  get unanswered(): ReadonlySet<string> {
    return this.recompute.forServer;
  }

  /** What the server worked out for this record, row by row in the order of `keys`. */
  takeComputed(values: Values, labels: Labels, keys: Readonly<Record<string, readonly string[]>>): void {
    this.cells.batch(() => this.recompute.run(takeAnswers(this.content, this.cells, this.unanswered, values, labels, keys)));
  }

  /** Take `record` as what the server has, and `values` as what this person has made of it. */
  rebase(record: RecordData | null, base: Values, values: Values, labels: Labels): void {
    this.cells.batch(() => {
      this.current = record;
      this.access = record?.field_access ?? this.access;
      this.open(base, { ...labels });
      if (values !== base) {
        this.content.load(values);
        drawRecord(this.content, this.cells, this.flags, labels);
        this.recompute.runAll(this.editable);
        this.changed.all();
      }
      this.edited();
    });
  }

  private open(values: Values, labels: Labels): void {
    this.cells.batch(() => {
      this.content.load(values);
      this.changed.start(values);
      this.content.system(this.current === null ? null : { ...this.current });
      drawRecord(this.content, this.cells, this.flags, labels);
      this.recompute.runAll(this.editable);
      this.findings.changed();
    });
  }

  private write(path: string, value: Json, label: string | null): void {
    const meta = this.field(path);
    const { table, row } = placeOf(path);
    if (!meta || (row !== null && !this.rows(table ?? "").includes(row))) {
      return;
    }
    this.cells.batch(() => {
      this.content.write(table, row, meta, value);
      this.cells.patch(path, { value, label });
      this.follow(columnOf(path), row, () => this.changed.cell(path, meta));
      if (this.cell(path).problems.length > 0) {
        this.findings.check(path, false);
      }
    });
  }

  /** Work out what follows from a change, now or at the end of a bulk. */
  private follow(column: string, row: string | null, compare: () => void): void {
    if (this.gathered !== null) {
      this.gathered.add(column, row);
      return;
    }
    const changes = new Changes();
    changes.add(column, row);
    this.recompute.run(changes);
    compare();
    this.edited();
  }

  private clear(path: string, changes: Changes): void {
    const meta = this.field(path);
    const { table, row } = placeOf(path);
    if (this.editable && meta && !isTable(meta) && !sameValue(this.content.value(path), null, meta)) {
      this.content.write(table, row, meta, null);
      this.cells.patch(path, { value: null, label: null });
      this.changed.cell(path, meta);
      changes.add(columnOf(path), row);
    }
  }

  private structure(table: string): void {
    this.cells.touch(table);
    this.follow(table, null, () => this.changed.table(this.table(table)));
    this.findings.check(table, false);
    this.findings.changed();
  }

  private edited(): void {
    this.edits += 1;
    this.cells.touch(EDITS);
  }

  private table(name: string): FieldMeta {
    const meta = this.content.metas.get(name);
    if (!meta) {
      throw new RangeError(`no sub-table ${name}`);
    }
    return meta;
  }
}
