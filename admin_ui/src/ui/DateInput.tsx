import { TextInput, type TextInputProps } from "./TextInput.tsx";

export interface DateInputProps extends Omit<TextInputProps, "type"> {
  /** "date": 2026-11-20; "time": 08:30; "datetime-local": 2026-11-20T08:30. */
  type?: "date" | "time" | "datetime-local" | undefined;
}

/** The system's own picker, which phones and screen readers know. */
export function DateInput({ type = "date", max, ...rest }: DateInputProps) {
  return <TextInput {...rest} type={type} max={max ?? (type === "date" ? "9999-12-31" : undefined)} />;
}
