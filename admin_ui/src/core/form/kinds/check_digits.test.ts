/** Numbers with check digits, from tests/conformance/cases/figures, which Python reads too. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isCreditCode, isEan13, isIdCard, isLuhn } from "./codes.ts";

const FILE = new URL("../../../../../tests/conformance/cases/figures/check_digits.json", import.meta.url);
const CHECKS = { id_card: isIdCard, credit_code: isCreditCode, luhn: isLuhn, ean13: isEan13 };
const NUMBERS = JSON.parse(readFileSync(FILE, "utf-8")) as Readonly<Record<keyof typeof CHECKS, Readonly<Record<"right" | "wrong", readonly string[]>>>>;

test.each(Object.keys(CHECKS) as (keyof typeof CHECKS)[])("right numbers are known from wrong ones: %s", (kind) => {
  const { right, wrong } = NUMBERS[kind];

  const refused = right.filter((number) => !CHECKS[kind](number));
  const passed = wrong.filter((number) => CHECKS[kind](number));

  expect({ refused, passed }).toEqual({ refused: [], passed: [] });
});
