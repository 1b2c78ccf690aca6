/** Every function's implementation, by its own name. The table itself is `functions.json`. */

import { DATES } from "./dates.ts";
import { IDENTIFIERS } from "./identifiers.ts";
import { LISTS } from "./lists.ts";
import { LAZY, LOGIC } from "./logic.ts";
import { MONEY } from "./money.ts";
import { NUMBERS } from "./numbers.ts";
import { PEOPLE } from "./people.ts";
import { PERIODS } from "./periods.ts";
import { EACH } from "./rows.ts";
import type { Run } from "./run.ts";
import { STATISTICS } from "./statistics.ts";
import { TEXTS } from "./text.ts";
import { WORKDAYS } from "./workdays.ts";
import { STEPS, WRITING } from "./writing.ts";

export const RUNS: Readonly<Record<string, Run>> = {
  ...LOGIC, ...NUMBERS, ...MONEY, ...TEXTS, ...WRITING, ...IDENTIFIERS, ...DATES, ...PERIODS, ...WORKDAYS, ...LISTS,
  ...STATISTICS, ...PEOPLE,
};
export { STEPS, EACH, LAZY };
