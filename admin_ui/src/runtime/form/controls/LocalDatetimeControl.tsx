import { DateInput } from "../../../ui/DateInput.tsx";
import type { ControlProps } from "./control.ts";

/** What a clock on a wall shows, wherever the wall is. */
export function LocalDatetimeControl({ value, ids, onChange, onBlur }: ControlProps) {
  return <DateInput {...ids} type="datetime-local" value={typeof value === "string" ? value : ""} onChange={(typed) => onChange(typed === "" ? null : typed)} onBlur={onBlur} />;
}
