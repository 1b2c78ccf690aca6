/** How a function is called with values that are already known. */

import type { Environment } from "../environment.ts";
import type { Value } from "../values.ts";

export type Run = (values: readonly Value[], env: Environment) => Value;
