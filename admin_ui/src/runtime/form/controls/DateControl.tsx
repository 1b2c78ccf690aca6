import { DayInput } from "../../../ui/DayInput.tsx";
import type { ControlProps } from "./control.ts";

/** A day; a pasted or typed text that is none stays as it is, and is marked by its problem. */
export function DateControl({ value, ids, onChange, onBlur }: ControlProps) {
  return <DayInput {...ids} value={typeof value === "string" ? value : ""} onChange={(typed) => onChange(typed === "" ? null : typed)} onBlur={onBlur} />;
}
