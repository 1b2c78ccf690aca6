/** What the shared cases cannot say: positions, suggestions, limits, references followed in the browser. */

import { expect, it } from "vitest";
import { compileExpression, emptyScope, environment, evaluate, ExpressionError, FUNCTIONS, type FormulaProblem, type Scope } from "./index.ts";
import { EACH, LAZY, RUNS } from "./functions/index.ts";

function problemsOf(text: string, scope: Partial<Scope> = {}): readonly FormulaProblem[] {
  const outcome = compileExpression(text, emptyScope(scope));
  return "problems" in outcome ? outcome.problems : [];
}

function valueOf(text: string, scope: Partial<Scope>, parts: Parameters<typeof environment>[0] = {}): unknown {
  const outcome = compileExpression(text, emptyScope(scope));
  if ("problems" in outcome) throw new Error(JSON.stringify(outcome.problems));
  return evaluate(outcome.compiled.tree, environment(parts));
}

it("implements every function of the server's table, and no other", () => {
  const known = [...Object.keys(RUNS), ...Object.keys(LAZY), ...Object.keys(EACH)].toSorted();

  expect(known).toEqual(Object.keys(FUNCTIONS).toSorted());
});

it("reports all problems at once, each at its place", () => {
  const problems = problemsOf("totl + NOPE(1) & 'x' + 1", { names: { total: "number" } });

  expect(problems.map(({ code, span }) => [code, span])).toEqual([
    ["formula_unknown_name", [0, 4]],
    ["formula_unknown_function", [7, 14]],
    ["formula_wrong_operands", [17, 24]],
  ]);
});

it("suggests names that differ in a letter", () => {
  const [problem] = problemsOf("totl", { names: { total: "number", kind: "text" } });

  expect(problem?.params).toEqual({ name: "totl", near: ["total"] });
});

it("does not take inherited members of objects for names", () => {
  const codes = ["constructor", "toString()", "__proto__"].map((text) => problemsOf(text)[0]?.code);

  expect(codes).toEqual(["formula_unknown_name", "formula_unknown_function", "formula_unknown_name"]);
});

it("refuses a binary fraction where a number is expected", () => {
  const scope: Partial<Scope> = { names: { x: "number" } };

  expect(() => valueOf("x + 1", scope, { values: { x: 0.1 } })).toThrow(ExpressionError);
});

it("follows a reference that is expanded, and asks for one that is not", () => {
  const scope: Partial<Scope> = {
    names: { near: { record: "stock.item" }, far: { record: "stock.item" } },
    shapes: { "stock.item": { code: "text" } },
  };
  const values = { near: { id: "1", code: "A" }, far: "2" };

  const text = valueOf("near.code & far.code", scope, { values, fetch: (shape, id, field) => `[${shape} ${id} ${field}]` });

  expect(text).toBe("A[stock.item 2 code]");
});

it("stops a computation that takes too many steps", () => {
  const lines = Array.from({ length: 60_000 }, () => ({ a: "1" }));
  const scope: Partial<Scope> = { names: { lines: { list: { record: "x/lines" } } }, shapes: { "x/lines": { a: "number" } } };

  const run = (): unknown => valueOf("SUM(lines.a) + SUM(lines.a)", scope, { values: { lines } });

  expect(run).toThrow("too_many_steps");
});

it("says which paths of the record a formula reads", () => {
  const outcome = compileExpression("SUM(lines.a) + total", emptyScope({
    names: { total: "number", lines: { list: { record: "x/lines" } } }, shapes: { "x/lines": { a: "number" } },
  }));

  expect("compiled" in outcome ? [...outcome.compiled.reads].toSorted() : []).toEqual(["lines.a", "total"]);
});
