import type { FieldMeta, FieldProblem, Json } from "../types.ts";

/** What a form knows of one field type without drawing it. */
export interface Kind {
  /** The value that a text from a spreadsheet means; null when it means none. The text is trimmed and not empty. */
  readonly read?: (text: string, meta: FieldMeta) => Json;
  /** What is wrong with a value that is not blank, as far as the browser can tell. */
  readonly check?: (value: Json, meta: FieldMeta) => readonly FieldProblem[];
}
