import { TextArea, TextInput } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

/** Several lines; in a cell of a table one line, where Enter moves on. */
export function LongTextControl({ value, ids, inCell, onChange, onBlur }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  const change = (typed: string) => onChange(typed === "" ? null : typed);
  if (inCell && !text.includes("\n")) return <TextInput {...ids} value={text} onChange={change} onBlur={onBlur} />;
  return <TextArea {...ids} value={text} rows={inCell ? 1 : 3} onChange={change} onBlur={onBlur} />;
}
