import { decimal, Decimal } from "../expressions/arithmetic.ts";
import { Clock, Day, Moment } from "../expressions/calendar.ts";
import { environment } from "../expressions/environment.ts";
import { evaluate } from "../expressions/evaluate.ts";
import type { Node } from "../expressions/tree.ts";
import { isRow, textOf, type Value } from "../expressions/values.ts";
import type { EvaluationScope, Evaluator } from "./evaluator.ts";
import { durationOf, secondsOf } from "../formats/period.ts";
import { plain, scaleOf } from "./numbers.ts";
import { isRemote, readsOf, sumsOf } from "./trees.ts";
import type { FieldMeta, Json, Tree } from "./types.ts";
import { isNumeric, isTable, isWhole, toNumber } from "./values.ts";

const HOLE = /\{([^{}]*)\}/g;
const NAME = /^[a-z][a-z0-9_]*$/;

/** A value as the evaluator wants it. What was typed and cannot be read is blank to formulas; its own cell says what is wrong. */
function typed(meta: FieldMeta, value: Json): unknown {
  if (isNumeric(meta)) {
    const number = toNumber(value);
    return number === null ? null : decimal(plain(number));
  }
  if (typeof value !== "string") {
    return value;
  }
  switch (meta.type) {
    case "date":
      return Day.parse(value);
    case "time":
      return Clock.parse(value.padStart(5, "0"));
    case "datetime":
      return Moment.parse(value);
    case "duration": {
      const seconds = secondsOf(value);
      return seconds === null ? null : decimal(String(seconds));
    }
    default:
      return value === "" ? null : value;
  }
}

/** A result as it travels: a number is rounded half up to the scale of its field, as the server does. */
function wire(meta: FieldMeta, value: unknown): Json {
  if (value === null || value === undefined) {
    return null;
  }
  if (Decimal.isDecimal(value)) {
    if (meta.type === "duration") {
      return durationOf(value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber());
    }
    const text = value.toFixed(scaleOf(meta), Decimal.ROUND_HALF_UP);
    return isWhole(meta) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
  }
  if (value instanceof Moment) {
    return new Date(value.milliseconds).toISOString().replace(/\.000Z$/, "Z");
  }
  if (value instanceof Day || value instanceof Clock) {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map((part) => wire(meta, part));
  }
  return isRow(value) ? ((value["id"] ?? null) as Json) : typeof value === "boolean" ? value : String(value) || null;
}

/** The form's door to the expression language, for one person. `now` is when TODAY and NOW are. */
export function treeEvaluator(me: string, now: () => Date = () => new Date()): Evaluator {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    reads: readsOf,
    sums: sumsOf,
    remote: isRemote,
    typed: (meta, value) => (isTable(meta) ? value : typed(meta, value)),
    wire,
    evaluate(tree: Tree, scope: EvaluationScope): unknown {
      const rowNumber = scope.rowIndex === null ? null : scope.rowIndex + 1;
      // The server made the tree: its shape is the evaluator's by contract.
      return evaluate(tree as unknown as Node, environment({ values: scope.values, row: scope.row, rowsAs: scope.rowsAs, rowNumber, me, initiator: me, now: new Moment(now().getTime()), timezone, fetch: scope.fetch }));
    },
    fill(message: string, scope: EvaluationScope): string | null {
      let known = true;
      const text = message.replace(HOLE, (_, inside: string) => {
        const name = inside.trim();
        const value = (scope.row && name in scope.row ? scope.row : scope.values)[name];
        known &&= NAME.test(name) && value !== undefined && typeof value !== "string" && !Array.isArray(value);
        return known ? textOf(value as Value, timezone) : "";
      });
      return known ? text : null;
    },
  };
}
