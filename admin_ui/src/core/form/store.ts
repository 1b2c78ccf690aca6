import { flagsIn, type AccessMap, type Flags } from "./access.ts";
import { takeAnswers } from "./answers.ts";
import { Cells, type CellState } from "./cells.ts";
import { Changed } from "./changed.ts";
import { Content } from "./content.ts";
import { Copies } from "./copies.ts";
import { defaultsOf } from "./defaults.ts";
import type { Evaluator } from "./evaluator.ts";
import { drawRecord, drawRow, labelsOf } from "./drawing.ts";
import { ignoredCells, whileBlank } from "./fates.ts";
import { Findings, type Finding } from "./findings.ts";
import { Hiding } from "./hiding.ts";
import type { StoreOptions } from "./options.ts";
import { payloadOf } from "./payload.ts";
import { columnOf, placeOf, type RowKeys } from "./paths.ts";
import { makePlan, totalColumns } from "./plan.ts";
import { Changes, Recompute } from "./recompute.ts";
import { References } from "./references.ts";
import { dropRow, freshValues, rowLabels } from "./row_edits.ts";
import { brokenRules } from "./rules.ts";
import type { EntityMeta, FieldMeta, FieldProblem, Json, Labels, ProblemData, RecordData, Values } from "./types.ts";

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
  private readonly hiding: Hiding;
  private current: RecordData | null;
  private gathered: { readonly changes: Changes; readonly paths: Set<string> } | null = null;
  private access: AccessMap;
  private fixed: (meta: FieldMeta, path: string) => Flags;
  private readonly editable: boolean;
  private readonly evaluator: Evaluator;

  constructor(options: StoreOptions) {
    this.meta = options.meta;
    this.evaluator = options.evaluator;
    this.current = options.record ?? null;
    this.editable = options.editable ?? true;
    this.access = options.access ?? options.record?.field_access ?? {};
    this.fixed = flagsIn(this.access, this.editable);
    this.content = new Content(options.meta, options.evaluator);
    const references = new References(options.references, options.evaluator, (reference) => this.cells.batch(() => this.recompute.retry(reference)));
    const plan = makePlan(options.meta, this.content.metas, options.items ?? [], options.evaluator);
    this.recompute = new Recompute(plan, this.content, this.cells, options.evaluator, references, this.flags, (path, meta, changes) => this.editable && this.hiding.hide(path, meta, changes));
    this.copies = new Copies(this.content, references, (path, value, label) => this.write(path, value, label), (column) => this.recompute.forServer.add(column));
    this.findings = new Findings(this.content, this.cells, this.flags);
    this.changed = new Changed(this.content, () => this.cells.touch(DIRTY));
    this.hiding = new Hiding({
      content: this.content,
      cells: this.cells,
      changed: this.changed,
      flags: this.flags,
      labels: () => this.current?.labels ?? {},
      fresh: (meta, row) => defaultsOf([meta], this.evaluator, this.recompute.scope(row))[meta.name] ?? null,
      copyAgain: (path) => this.copies.again(path),
    });
    const blank = (): Values => ({ ...defaultsOf(options.meta.fields, options.evaluator, this.recompute.scope(null)), ...options.defaults });
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

  readonly flags = (meta: FieldMeta, path: string): Flags => this.fixed(meta, path);
  readonly cell = (path: string): CellState => this.cells.get(path);
  readonly rows = (list: string): readonly string[] => this.content.rows(list);
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
      const gathered = { changes: new Changes(), paths: new Set<string>() };
      this.gathered = gathered;
      try {
        work();
      } finally {
        this.gathered = null;
      }
      this.recompute.run(gathered.changes);
      gathered.paths.forEach((path) => this.recompute.run(this.hiding.written(path)));
      this.changed.all();
      this.edited();
    });
  }

  /** A new row in a list (`lines`, or `lines/r3/items`); returns its key. */
  addRow(list: string, index?: number, values: Values = {}, labels: Labels = {}): string {
    return this.cells.batch(() => {
      const holder = placeOf(list).row;
      const row = this.content.insert(list, index ?? this.rows(list).length, { ...defaultsOf(this.content.fieldsOf(list), this.evaluator, this.recompute.scope(holder)), ...values });
      drawRow(this.content, this.cells, this.flags, labels, row);
      this.structure(list);
      this.copies.rowAdded(list, row);
      return row;
    });
  }

  duplicateRow(list: string, row: string): string {
    return this.addRow(list, this.rows(list).indexOf(row) + 1, freshValues(this.content, row), rowLabels(this.content, this.cells, row));
  }

  removeRow(list: string, row: string): void {
    this.cells.batch(() => {
      dropRow(this.content, this.cells, this.changed, list, row);
      this.content.remove(list, row);
      this.structure(list);
    });
  }

  /** Put a row at another place in its list. */
  moveRow(list: string, row: string, index: number): void {
    if (index >= 0 && index < this.rows(list).length) {
      this.cells.batch(() => {
        this.content.move(list, row, index);
        this.structure(list);
      });
    }
  }

  /** Everything the browser can find wrong; true when nothing blocks. */
  validate(moment: "save" | "submit"): boolean {
    return this.cells.batch(() => {
      const fine = this.findings.checkAll();
      const ignored = ignoredCells(this.content, (path) => this.cell(path).visible);
      const asked = whileBlank(this.content, ignored, () => brokenRules(this.meta.rules ?? [], moment, this.content, this.evaluator, this.recompute));
      const broken = asked.filter(({ path }) => !ignored.some((one) => path === one || path.startsWith(`${one}/`)));
      broken.forEach(({ path, problem }) => this.findings.add(path, problem));
      return fine && broken.every(({ problem }) => problem.severity !== "error");
    });
  }

  takeProblems(problems: readonly ProblemData[], keys: RowKeys = this.rowKeys()): void {
    this.cells.batch(() => this.findings.take(problems, keys));
  }

  /** Say something about one cell until it is changed or checked again. */
  mark(path: string, problem: FieldProblem): void {
    this.cells.batch(() => this.findings.add(path, problem));
  }

  /** The columns of a list whose sum means something. */
  totals(list: string): readonly FieldMeta[] {
    return totalColumns(this.content.metas, columnOf(list), this.evaluator);
  }

  readonly problems = (): readonly Finding[] => this.findings.all();

  rowKeys(): RowKeys {
    return this.content.keys();
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
  takeComputed(values: Values, labels: Labels, keys: RowKeys): void {
    this.cells.batch(() => this.recompute.run(takeAnswers(this.content, this.cells, this.unanswered, values, labels, keys)));
  }

  /** Take `record` as what the server has, and `values` as what this person has made of it. */
  rebase(record: RecordData | null, base: Values, values: Values, labels: Labels): void {
    this.cells.batch(() => {
      this.current = record;
      this.access = record?.field_access ?? this.access;
      this.fixed = flagsIn(this.access, this.editable);
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
    const { row } = placeOf(path);
    if (!meta || (row !== null && !this.content.has(row))) {
      return;
    }
    this.cells.batch(() => {
      this.content.write(path, meta, value);
      this.cells.patch(path, { value, label });
      this.follow(path, () => this.changed.cell(path, meta));
      if (this.cell(path).problems.length > 0) {
        this.findings.check(path, false);
      }
    });
  }

  /** Work out what follows from a change, now or at the end of a bulk. */
  private follow(path: string, compare: () => void): void {
    const { row } = placeOf(path);
    if (this.gathered !== null) {
      this.gathered.changes.add(columnOf(path), row);
      this.gathered.paths.add(path);
      return;
    }
    const changes = new Changes();
    changes.add(columnOf(path), row);
    this.recompute.run(changes);
    this.recompute.run(this.hiding.written(path));
    compare();
    this.edited();
  }

  private structure(list: string): void {
    this.cells.touch(list);
    this.follow(list, () => this.changed.rows(list));
    this.findings.check(list, false);
    this.findings.changed();
  }

  private edited(): void {
    this.edits += 1;
    this.cells.touch(EDITS);
  }
}
