import type { FieldMeta, Json, Tree } from "./types.ts";

/** What a tree is evaluated against. Values are the evaluator's own typed values, made by `typed`. */
export interface EvaluationScope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>> | null;
  /** Zero-based place of the row in its table. */
  readonly rowIndex: number | null;
  /** The table whose name means the current row (rules); null in row formulas. */
  readonly rowsAs: string | null;
  fetch(shape: string, id: string, field: string): unknown;
}

/** The one door from the form to the expression language. */
export interface Evaluator {
  /** Dotted paths that a tree reads from the record. */
  reads(tree: Tree): readonly string[];
  /** Those of them that it adds up as whole columns. */
  sums(tree: Tree): readonly string[];
  /** Whether only the server can answer: it needs a measure, a role, another record's rows. */
  remote(tree: Tree): boolean;
  evaluate(tree: Tree, scope: EvaluationScope): unknown;
  typed(meta: FieldMeta, value: Json): unknown;
  wire(meta: FieldMeta, value: unknown): Json;
  /** A rule's message with its `{name}` holes filled; null when a hole asks for more than the browser can tell. */
  fill(message: string, scope: EvaluationScope): string | null;
}

/** The value of a referenced record is on its way: ask again when that one is there. */
export class PendingReference extends Error {
  constructor(readonly reference: string) {
    super();
  }
}

/** The browser cannot know this; the server can. */
export class OnlyServerKnows extends Error {}
