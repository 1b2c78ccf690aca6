import { api, ProblemError } from "../../api/client.ts";
import { newKey } from "../../api/envelope.ts";
import type { FormStore } from "../../core/form/store.ts";
import type { ProblemData, RecordData } from "../../core/form/types.ts";
import { recordPath } from "./data.ts";

export type Moment = "save" | "submit";

export type Outcome =
  | { readonly kind: "saved"; readonly record: RecordData; readonly warnings: readonly ProblemData[] }
  /** Something is wrong with the values; the form shows it. */
  | { readonly kind: "invalid" }
  /** Somebody else saved in between; `theirs` is what they left. */
  | { readonly kind: "conflict"; readonly theirs: RecordData }
  | { readonly kind: "failed"; readonly error: unknown };

/** Saves what a form holds. One saver a form: a retry of the same values carries the same key, so it happens once. */
export class Saver {
  private key = "";
  private keyed = "";

  constructor(private readonly store: FormStore) {}

  async run(moment: Moment): Promise<Outcome> {
    const { store } = this;
    if (!store.validate(moment)) {
      return { kind: "invalid" };
    }
    const rows = store.rowKeys();
    try {
      const saved = await this.save();
      const warnings = (saved.problems ?? []).filter((problem) => problem.severity !== "error");
      if (moment === "save") {
        return { kind: "saved", record: saved, warnings };
      }
      return await this.submit(saved, warnings);
    } catch (error) {
      return this.refused(error, rows);
    }
  }

  private async save(): Promise<RecordData> {
    const { store } = this;
    const values = store.payload();
    if (store.record === null) {
      return api.post<RecordData>(`/records/${store.meta.key}`, { values, finishes: true }, { idempotencyKey: this.keyFor(JSON.stringify(values)) });
    }
    if (Object.keys(values).length === 0) {
      return store.record;
    }
    return api.patch<RecordData>(recordPath(store.meta.key, store.record.id), { values, finishes: true }, { version: store.record.version });
  }

  private async submit(saved: RecordData, warnings: readonly ProblemData[]): Promise<Outcome> {
    const { store } = this;
    try {
      const record = await api.post<RecordData>(recordPath(store.meta.key, saved.id, "submit"), {}, { version: saved.version });
      return { kind: "saved", record, warnings: [...warnings, ...(record.problems ?? []).filter((problem) => problem.severity !== "error")] };
    } catch (error) {
      // The record is safe, only the submission was refused: go on from what is stored now.
      store.rebase(saved, saved.values, saved.values, saved.labels ?? {});
      return this.refused(error, store.rowKeys());
    }
  }

  private async refused(error: unknown, rows: Record<string, readonly string[]>): Promise<Outcome> {
    const { store } = this;
    if (error instanceof ProblemError && (error.status === 412 || error.code === "merge_conflict") && store.record !== null) {
      try {
        return { kind: "conflict", theirs: await api.get<RecordData>(recordPath(store.meta.key, store.record.id)) };
      } catch (second) {
        return { kind: "failed", error: second };
      }
    }
    if (error instanceof ProblemError && error.status === 422 && error.problems.length > 0) {
      store.takeProblems(error.problems, rows);
      return { kind: "invalid" };
    }
    return { kind: "failed", error };
  }

  private keyFor(body: string): string {
    if (this.keyed !== body) {
      this.keyed = body;
      this.key = newKey();
    }
    return this.key;
  }
}
