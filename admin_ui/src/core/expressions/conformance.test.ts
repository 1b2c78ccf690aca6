/** The shared cases of tests/conformance/cases/expressions, which Python and both databases run too. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileExpression, environment, evaluate, ExpressionError, type Node, type Scope, type Type, type Value } from "./index.ts";
import { decimal, Decimal } from "./arithmetic.ts";
import { isList, keyOf } from "./values.ts";
import { type Case, environmentOf, isObject, scopeOf, TAGS, tagOf, type Topic } from "./testing/cases.ts";
type Types = Readonly<Record<string, Type>>;

const FOLDER = new URL("../../../../tests/conformance/cases/expressions/", import.meta.url);
const TOPICS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf-8")) as Topic);

/** A value and a case's spelling of it, as texts that are the same when the values are. */
function shown(value: Value): string {
  if (value === null) return "blank";
  return isList(value) ? value.map(shown).join() : Decimal.isDecimal(value) ? `n${value.toFixed()}` : keyOf(value);
}

function expected(spelling: unknown): string {
  if (spelling === null) return "blank";
  if (Array.isArray(spelling)) return spelling.map(expected).join();
  const tag = tagOf(spelling);
  if (tag === undefined || !isObject(spelling)) return `${typeof spelling}${String(spelling)}`;
  const written = String(spelling[tag]);
  if (tag === "decimal") return `n${decimal(written).toFixed()}`;
  const made = compileExpression("x", { names: { x: TAGS[tag] ?? "text" }, shapes: {}, measures: {}, old: null });
  return "compiled" in made ? shown(evaluate(made.compiled.tree, environment({ values: { x: written } }))) : "";
}

/** What a case gives: its value as text, or the code of its error or first problem. */
function outcomeOf(topic: Topic, body: Case): string {
  const outcome = compileExpression(body.text, scopeOf(topic, body));
  if ("problems" in outcome) return `problem ${outcome.problems[0]?.code ?? ""}`;
  const stored = JSON.parse(JSON.stringify(outcome.compiled.tree)) as Node;
  try {
    return shown(evaluate(stored, environmentOf(topic, body)));
  } catch (error) {
    return `error ${error instanceof ExpressionError ? error.code : String(error)}`;
  }
}

function wanted(body: Case): string {
  if (body.problem !== undefined) return `problem ${body.problem}`;
  return body.error === undefined ? expected(body.result) : `error ${body.error}`;
}

describe.each(TOPICS.map((topic) => [topic.topic, topic] as const))("%s", (_, topic) => {
  it.each(topic.cases.map((body) => [body.name, body] as const))("%s", (_name, body) => {
    expect(outcomeOf(topic, body)).toBe(wanted(body));
  });
});

const TREES = JSON.parse(readFileSync(new URL("trees/trees.json", FOLDER), "utf-8")) as {
  readonly types: Types;
  readonly shapes: Readonly<Record<string, Types>>;
  readonly measures: Scope["measures"];
  readonly old_types: Types;
  readonly trees: readonly { readonly text: string; readonly tree: Node }[];
};

it.each(TREES.trees)("gives the server's tree for $text", ({ text, tree }) => {
  const { types, shapes, measures, old_types } = TREES;

  const outcome = compileExpression(text, { names: types, shapes, measures, old: old_types });

  expect("compiled" in outcome ? outcome.compiled.tree : outcome.problems).toEqual(tree);
});
