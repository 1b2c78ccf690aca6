/** How a function is called with values that are already known. */

import type { Environment } from "../environment.ts";
import { ExpressionError } from "../errors.ts";
import type { Value } from "../values.ts";

/** The value as what the checker has proven it to be. */
export function of<T>(kind: abstract new (...parts: never[]) => T, value: Value | undefined): T {
  if (value instanceof kind) return value;
  throw new ExpressionError("wrong_value", { value: String(value) });
}

/** How a function over items is called: with the items and, for every other argument, its values at them. */
export type EachRun = (items: readonly Value[], ...columns: readonly (readonly Value[])[]) => Value;

export type Run = (values: readonly Value[], env: Environment) => Value;
