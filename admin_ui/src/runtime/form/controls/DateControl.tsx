import { dateOfText } from "../../../core/form/paste.ts";
import { DateInput } from "../../../ui/DateInput.tsx";
import { isBlank } from "../../../core/form/values.ts";
import type { ControlProps } from "./control.ts";

export function DateControl({ value, ids, onChange, onBlur }: ControlProps) {
  const text = typeof value === "string" ? (dateOfText(value) ?? "") : "";
  // A pasted text that is no date cannot stand in the system's picker: it is shown beside it until a date is chosen.
  const unread = !isBlank(value) && text === "" ? String(value) : null;
  return (
    <>
      <DateInput {...ids} value={text} onChange={(typed) => onChange(typed === "" ? null : typed)} onBlur={onBlur} />
      {unread !== null && <span className="form-unread">{unread}</span>}
    </>
  );
}
