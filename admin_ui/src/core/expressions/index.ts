/** The expression language in the browser: the same grammar, tree and results as on the server. */

import { check } from "./checker.ts";
import type { FormulaProblem } from "./errors.ts";
import { parse } from "./parser.ts";
import { type Node, pathsRead } from "./tree.ts";
import { type Scope, type Type, typeWords, unify } from "./types.ts";

export { Decimal, decimal, plain } from "./arithmetic.ts";
export { Clock, Day, Moment } from "./calendar.ts";
export { environment, type Environment } from "./environment.ts";
export { ExpressionError, type FormulaProblem } from "./errors.ts";
export { evaluate } from "./evaluate.ts";
export { FUNCTIONS, type FunctionEntry } from "./functions/signature.ts";
export { type Node, pathsRead } from "./tree.ts";
export { emptyScope, type Scope, type Type } from "./types.ts";
export { textOf, type Value } from "./values.ts";

export interface Compiled {
  readonly text: string;
  readonly tree: Node;
  readonly type: Type;
  /** Dotted paths read from the record. */
  readonly reads: ReadonlySet<string>;
}

export type Outcome = { readonly compiled: Compiled } | { readonly problems: readonly FormulaProblem[] };

/** Compiles a formula's text for its place, or says everything that is wrong with it. */
export function compileExpression(text: string, scope: Scope, expect?: Type): Outcome {
  const parsed = parse(text);
  if ("code" in parsed) return { problems: [parsed] };
  const { tree, problems } = check(parsed, scope);
  if (expect !== undefined && unify(expect, tree.type) === null) {
    const params = { expected: typeWords(expect), found: typeWords(tree.type) };
    return { problems: [...problems, { code: "formula_wrong_result", params, span: tree.span }] };
  }
  return problems.length > 0 ? { problems } : { compiled: { text, tree, type: tree.type, reads: pathsRead(tree) } };
}
