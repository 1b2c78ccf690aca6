// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { FieldMeta } from "../../api/meta.ts";
import { draw } from "../../ui/testing.tsx";
import type { Condition } from "./filter.ts";
import { operatorsOf, operatorWord } from "./operators.ts";
import { ValueInput } from "./ValueInput.tsx";

const meta = (type: string, parts: Partial<FieldMeta> = {}): FieldMeta => ({ name: "x", title: "字段", type, control: type, ...parts });

function ask(field: FieldMeta, op: string) {
  const told = vi.fn<(condition: Condition) => void>();
  function Host() {
    const [condition, setCondition] = useState<Condition>({ field: "x", op });
    return (
      <ValueInput
        field={field}
        condition={condition}
        onChange={(next) => {
          setCondition(next);
          told(next);
        }}
      />
    );
  }
  draw(<Host />);
  return told;
}

test.each<[string, FieldMeta, string, string, unknown]>([
  ["a whole number is a JSON number", meta("integer"), "eq", "42", 42],
  ["a percentage is kept as a fraction", meta("percent"), "ge", "15", "0.15"],
  ["a duration as people say it", meta("duration", { unit: "hour" }), "ge", "8:30", "PT8H30M"],
  ["a period", meta("period", { grain: "month" }), "eq", "2026年11月", "2026-11"],
  ["a day that a range covers", meta("date_range"), "contains", "2026/11/5", "2026-11-05"],
  ["a time that a range covers", meta("time_range"), "contains", "9:00", "09:00"],
  ["a local moment", meta("local_datetime"), "le", "2026-11-21 8:30", "2026-11-21T08:30"],
  ["a colour", meta("colour"), "eq", "2F6FED", "#2f6fed"],
  ["a word", meta("tags"), "contains", "红", "红"],
])("%s", async (_, field, op, text, expected) => {
  const told = ask(field, op);

  fireEvent.change(await screen.findByLabelText("字段的值", {}, { timeout: 10_000 }), { target: { value: text } });

  expect(told.mock.lastCall?.[0].value).toEqual(expected);
});

test("stars are pressed, and kept as a JSON number", async () => {
  const told = ask(meta("rating", { max: "5" }), "ge");

  await userEvent.setup().click(await screen.findByRole("radio", { name: "4 / 5 星" }, { timeout: 10_000 }));

  expect(told.mock.lastCall?.[0].value).toBe(4);
});

test("both ends of a stretch of whole numbers", () => {
  const told = ask(meta("integer"), "between");

  fireEvent.change(screen.getByLabelText("从"), { target: { value: "1" } });
  fireEvent.change(screen.getByLabelText("到"), { target: { value: "9" } });

  expect(told.mock.lastCall?.[0].value).toEqual([1, 9]);
});

test("operators are those that the server names, in words that fit the type", () => {
  expect(operatorsOf(meta("date_range", { operators: ["contains", "overlaps", "eq", "blank", "not_blank"] }))).toEqual(["contains", "overlaps", "eq", "blank", "not_blank"]);
  expect(operatorsOf(meta("date", { operators: ["eq", "in", "between"] }))).toEqual(["eq", "between"]);
  expect(operatorsOf(meta("secret", { operators: ["blank", "not_blank"] }))).toEqual(["blank", "not_blank"]);
  expect([operatorWord(meta("date_range"), "contains"), operatorWord(meta("region"), "starts_with"), operatorWord(meta("text"), "contains")]).toEqual(["op.contains_point", "op.within", "op.contains"]);
});
