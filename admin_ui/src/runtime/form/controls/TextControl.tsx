import { TextInput } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

export function TextControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  return <TextInput {...ids} value={text} maxLength={meta.max_length ?? undefined} onChange={(typed) => onChange(typed === "" ? null : typed)} onBlur={onBlur} />;
}
