import { ReadValue } from "../ReadValue.tsx";
import type { ControlProps } from "./control.ts";

/** Formulas, looked up values and series numbers: a value, never a box. */
export function ComputedControl({ meta, value, label, ids }: ControlProps) {
  return (
    <output id={ids.id} aria-describedby={ids["aria-describedby"]} className="form-value">
      <ReadValue meta={meta} value={value} label={label} />
    </output>
  );
}
