import { DateInput } from "../../../ui/DateInput.tsx";
import type { ControlProps } from "./control.ts";

export function TimeControl({ value, ids, onChange, onBlur }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  return <DateInput {...ids} type="time" value={text} onChange={(typed) => onChange(typed === "" ? null : typed)} onBlur={onBlur} />;
}
