/** Amounts in words and a long sum, from tests/conformance/cases/figures, which Python and both databases read too. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decimal } from "./arithmetic.ts";
import { capitals } from "./functions/capitals.ts";
import { compileExpression, Decimal, environment, evaluate, ExpressionError } from "./index.ts";

const FOLDER = new URL("../../../../tests/conformance/cases/figures/", import.meta.url);

function load<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf-8")) as Shape;
}

interface Words {
  readonly too_large: readonly string[];
  readonly edges: readonly (readonly [string, string])[];
  readonly vectors: readonly (readonly [string, string])[];
}

interface LongSum {
  readonly count: number;
  readonly digits: number;
  readonly scale: number;
  readonly bits: number;
  readonly seed: string;
  readonly multiplier: string;
  readonly increment: string;
  readonly least: string;
  readonly greatest: string;
  readonly sum: string;
}

const WORDS = load<Words>("amounts_in_words");

test.each(["edges", "vectors"] as const)("amounts are read as the rules for bills say: %s", (name) => {
  const wrong = WORDS[name].filter(([amount, words]) => capitals(decimal(amount)) !== words);

  expect(wrong).toEqual([]);
});

test("an amount without words is an error", () => {
  const codes = WORDS.too_large.map((amount) => {
    try {
      return capitals(decimal(amount));
    } catch (error) {
      return error instanceof ExpressionError ? error.code : String(error);
    }
  });

  expect(new Set(codes)).toEqual(new Set(["amount_too_large"]));
});

/** The numbers as text, made without the arithmetic that is tried here. */
function longNumbers(told: LongSum): readonly string[] {
  const [multiplier, increment, size, most] = [BigInt(told.multiplier), BigInt(told.increment), 2n ** BigInt(told.bits), 10n ** BigInt(told.digits)];
  const found: string[] = [];
  let state = BigInt(told.seed);
  for (let at = 0; at < told.count; at += 1) {
    state = (state * multiplier + increment) % size;
    const units = ((state >> 24n) % (2n * most - 1n)) - (most - 1n);
    const digits = String(units < 0n ? -units : units).padStart(told.scale + 1, "0");
    found.push(`${units < 0n ? "-" : ""}${digits.slice(0, -told.scale)}.${digits.slice(-told.scale)}`);
  }
  return found;
}

test("ten thousand decimals of 28 digits come to the last digit", () => {
  const told = load<LongSum>("long_sum");
  const amounts = longNumbers(told).map((text) => decimal(text));
  const outcome = compileExpression("SUM(amounts)", { names: { amounts: { list: "number" } }, shapes: {}, measures: {}, old: null });
  if (!("compiled" in outcome)) throw new Error(JSON.stringify(outcome.problems));

  const found = evaluate(outcome.compiled.tree, environment({ values: { amounts } }));

  expect([Decimal.min(...amounts).toFixed(2), Decimal.max(...amounts).toFixed(2)]).toEqual([told.least, told.greatest]);
  expect(Decimal.isDecimal(found) ? found.toFixed(2) : found).toBe(told.sum);
});
