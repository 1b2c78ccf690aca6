/** Every function's implementation, by its own name. The table itself is `functions.json`. */

import { DATES } from "./dates.ts";
import { LISTS } from "./lists.ts";
import { LAZY, LOGIC } from "./logic.ts";
import { NUMBERS } from "./numbers.ts";
import type { Run } from "./run.ts";
import { TEXTS } from "./text.ts";

const PEOPLE: Readonly<Record<string, Run>> = {
  ME: (_, env) => env.me,
  INITIATOR: (_, env) => env.initiator,
  HASROLE: ([role], env) => typeof role === "string" && env.roles.has(role),
};

export const RUNS: Readonly<Record<string, Run>> = { ...LOGIC, ...NUMBERS, ...TEXTS, ...DATES, ...LISTS, ...PEOPLE };
export { LAZY };
