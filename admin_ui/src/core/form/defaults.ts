import type { EvaluationScope, Evaluator } from "./evaluator.ts";
import type { FieldMeta, Json, Values } from "./types.ts";

/** What a new record or row starts with, as far as the browser can tell; the template of the server goes over it. */
export function defaultsOf(fields: readonly FieldMeta[], evaluator: Evaluator, scope: EvaluationScope): Values {
  const values: Record<string, Json> = {};
  for (const field of fields) {
    const told = field.default_tree ? worked(field, evaluator, scope) : ((field.default ?? null) as Json);
    if (told !== null) {
      values[field.name] = told;
    }
  }
  return values;
}

/** A default that cannot be worked out here leaves the field blank: it is a proposal, not a value. */
function worked(field: FieldMeta, evaluator: Evaluator, scope: EvaluationScope): Json {
  if (!field.default_tree || evaluator.remote(field.default_tree)) {
    return null;
  }
  try {
    return evaluator.wire(field, evaluator.evaluate(field.default_tree, scope));
  } catch {
    return null;
  }
}
