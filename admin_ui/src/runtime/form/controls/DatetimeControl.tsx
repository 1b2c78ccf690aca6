import { DateInput } from "../../../ui/DateInput.tsx";
import { localOfMoment, momentOfLocal } from "../display.ts";
import type { ControlProps } from "./control.ts";

/** A moment, shown and typed in the reader's own zone, kept with its offset. */
export function DatetimeControl({ value, ids, onChange, onBlur }: ControlProps) {
  return <DateInput {...ids} type="datetime-local" value={localOfMoment(value)} onChange={(typed) => onChange(momentOfLocal(typed))} onBlur={onBlur} />;
}
