/** Over the rows of a sub-table. A condition that is blank does not hold; every row is evaluated. */

import { decimal, sum } from "../arithmetic.ts";
import { isList, number, type Value } from "../values.ts";
import type { EachRun } from "./run.ts";
import { byKeys } from "./sorting.ts";

const holding = (conditions: readonly Value[] = []): number => conditions.filter((one) => one === true).length;

const total: EachRun = (_, values = [], conditions) => {
  const counted = values.filter((value, at) => value !== null && (conditions === undefined || conditions[at] === true));
  return sum(counted.map(number));
};

export const EACH: Readonly<Record<string, EachRun>> = {
  FILTER: (items, conditions = []) => items.filter((_, at) => conditions[at] === true),
  MAP: (_, values = []) => values.flatMap((value) => (isList(value) ? value : [value])),
  SUMEACH: total,
  COUNTEACH: (_, conditions) => decimal(holding(conditions)),
  ANY: (_, conditions) => holding(conditions) > 0,
  ALL: (items, conditions) => holding(conditions) === items.length,
  NONE: (_, conditions) => holding(conditions) === 0,
  SORTBY: (items, keys = []) => byKeys(items, keys),
};
