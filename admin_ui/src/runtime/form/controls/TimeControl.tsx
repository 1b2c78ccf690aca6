import { TimeInput } from "../../../ui/TimeInput.tsx";
import type { ControlProps } from "./control.ts";

export function TimeControl({ value, ids, onChange, onBlur }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  return <TimeInput {...ids} value={text} onChange={(typed) => onChange(typed === "" ? null : typed)} onBlur={onBlur} />;
}
