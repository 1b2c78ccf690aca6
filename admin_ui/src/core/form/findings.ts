import type { Flags } from "./access.ts";
import type { Cells } from "./cells.ts";
import { checkValue } from "./checks.ts";
import type { Content } from "./content.ts";
import { columnOf, pathOfPointer, type RowKeys } from "./paths.ts";
import type { FieldMeta, FieldProblem, ProblemData } from "./types.ts";
import { isTable } from "./values.ts";

export interface Finding {
  readonly path: string;
  readonly problem: FieldProblem;
}

export const RECORD = "$record";
export const SUMMARY = "$summary";

/** What is wrong, at which cell: found here before sending, or told by the server. */
export class Findings {
  private list: readonly Finding[] | null = null;

  constructor(
    private readonly content: Content,
    private readonly cells: Cells,
    private readonly flags: (meta: FieldMeta, path: string) => Flags,
  ) {}

  /** All findings in the order of the fields, those of the record as a whole first. */
  all(): readonly Finding[] {
    this.list ??= [RECORD, ...this.paths()].flatMap((path) => this.cells.get(path).problems.map((problem) => ({ path, problem })));
    return this.list;
  }

  /** Check one cell again; warnings and the server's word go once the value is another. */
  check(path: string, keepServer: boolean): void {
    const meta = this.content.metas.get(columnOf(path));
    if (!meta) {
      return;
    }
    const cell = this.cells.get(path);
    const found = this.judge(meta, path);
    const kept = keepServer ? cell.problems.filter((problem) => problem.source === "server") : [];
    this.put(path, [...found, ...kept]);
  }

  /** Check everything that can be typed; says whether nothing blocks. */
  checkAll(): boolean {
    let fine = true;
    for (const path of this.paths()) {
      this.check(path, false);
      fine &&= !this.cells.get(path).problems.some((problem) => problem.severity === "error");
    }
    this.put(RECORD, []);
    return fine;
  }

  /** Take over what the server found. `keys` are the rows in the order in which they were sent. */
  take(problems: readonly ProblemData[], keys: RowKeys): void {
    const byPath = new Map<string, FieldProblem[]>();
    for (const told of problems) {
      const mapped = pathOfPointer(told.pointer ?? "", keys);
      const path = mapped !== null && this.known(mapped) ? mapped : RECORD;
      const problem: FieldProblem = {
        code: told.code,
        severity: told.severity === "warning" || told.severity === "warn" ? "warning" : "error",
        detail: told.detail ?? "",
        remedy: told.remedy ?? "",
        params: told.params ?? {},
        source: "server",
      };
      byPath.set(path, [...(byPath.get(path) ?? []), problem]);
    }
    for (const path of [RECORD, ...this.paths()]) {
      const mine = this.cells.get(path).problems.filter((problem) => problem.source === "client");
      this.put(path, [...mine, ...(byPath.get(path) ?? [])]);
    }
  }

  add(path: string, problem: FieldProblem): void {
    this.put(path, [...this.cells.get(path).problems, problem]);
  }

  changed(): void {
    this.list = null;
    this.cells.touch(SUMMARY);
  }

  private put(path: string, problems: readonly FieldProblem[]): void {
    if (problems.length === 0 && this.cells.get(path).problems.length === 0) {
      return;
    }
    this.cells.patch(path, { problems });
    this.changed();
  }

  private judge(meta: FieldMeta, path: string): FieldProblem[] {
    const cell = this.cells.get(path);
    if (!cell.visible || this.flags(meta, path).readOnly || cell.readOnly) {
      return [];
    }
    return checkValue(meta, this.content.value(path), cell.required, isTable(meta) ? this.content.rows(path).length : 0);
  }

  private known(path: string): boolean {
    return this.content.metas.has(columnOf(path));
  }

  /** Every cell in the order of the definition; rows of a table that is hidden are not asked. */
  private *paths(fields: readonly FieldMeta[] = this.content.meta.fields, row: string | null = null): Generator<string> {
    for (const field of fields) {
      const path = this.content.cellOf(row, field.name);
      yield path;
      for (const inner of isTable(field) && this.cells.get(path).visible ? this.content.rows(path) : []) {
        yield* this.paths(field.fields ?? [], inner);
      }
    }
  }
}
