import { localOfMoment, momentOfLocal } from "../../../core/formats/moment.ts";
import { MomentInput } from "../../../ui/MomentInput.tsx";
import type { ControlProps } from "./control.ts";

/** A moment, shown and typed in the reader's own zone, kept with its offset; a text that is none stays as it is. */
export function DatetimeControl({ value, ids, onChange, onBlur }: ControlProps) {
  const shown = localOfMoment(value) || (typeof value === "string" ? value : "");
  return <MomentInput {...ids} value={shown} onChange={(typed) => onChange(typed === "" ? null : (momentOfLocal(typed) ?? typed))} onBlur={onBlur} />;
}
