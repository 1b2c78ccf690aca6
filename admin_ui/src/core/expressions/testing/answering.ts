/** Answers expressions from standard input, one JSON line each, so that Python can compare: `python -m tools.random_expressions`.
 *
 * A line is {"topics": [...]}, the records from then on, or {"text": ...}; the latter is answered with a line
 * {"problem": code} or {"tree": ..., "answers": [one for each record]}.
 */

import { createInterface } from "node:readline";
import { Decimal, plain } from "../arithmetic.ts";
import { Clock, Day, Moment } from "../calendar.ts";
import type { Environment } from "../environment.ts";
import { compileExpression, evaluate, ExpressionError, type Node, type Scope } from "../index.ts";
import { identity, isList, type Value } from "../values.ts";
import { type Case, environmentOf, scopeOf, type Topic } from "./cases.ts";

interface Place {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
}

type Line = { readonly topics: readonly Topic[]; readonly body: Case } | { readonly text: string };

/** A value as text that says its type too, as tests/conformance/random_expressions/answers.py writes it. */
function written(value: Value): string {
  if (value === null) return "blank";
  if (isList(value)) return `[${value.map(written).join(",")}]`;
  if (Decimal.isDecimal(value)) return `n${plain(value)}`;
  if (value instanceof Day) return `d${value.toString()}`;
  if (value instanceof Clock) return `c${String(value.seconds)}`;
  if (value instanceof Moment) return `m${String(value.milliseconds)}`;
  if (typeof value === "string") return `s${JSON.stringify(value)}`;
  return typeof value === "boolean" ? `b${String(value)}` : written(identity(value));
}

function outcome(tree: Node, environment: Environment): string {
  try {
    return written(evaluate(tree, environment));
  } catch (error) {
    return error instanceof ExpressionError ? `error ${error.code}` : `crash ${String(error)}`;
  }
}

function answer(text: string, { scope, environments }: Place): unknown {
  try {
    const made = compileExpression(text, scope);
    if ("problems" in made) return { problem: made.problems[0]?.code ?? "" };
    const { tree } = made.compiled;
    return { tree, answers: environments.map((environment) => outcome(tree, environment)) };
  } catch (error) {
    return { problem: `crash ${String(error)}` };
  }
}

let place: Place = { scope: { names: {}, shapes: {}, measures: {}, old: null }, environments: [] };
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const asked = JSON.parse(line) as Line;
  if ("topics" in asked) {
    const [first] = asked.topics;
    if (first === undefined) throw new Error("no record");
    place = { scope: scopeOf(first, asked.body), environments: asked.topics.map((topic) => environmentOf(topic, asked.body)) };
  } else {
    process.stdout.write(`${JSON.stringify(answer(asked.text, place))}\n`);
  }
}
