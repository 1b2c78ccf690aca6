import { DayInput } from "./DayInput.tsx";
import { TextInput, type TextInputProps } from "./TextInput.tsx";

export interface DateInputProps extends Omit<TextInputProps, "type"> {
  /** "date": 2026-11-20; "time": 08:30; "datetime-local": 2026-11-20T08:30. */
  type?: "date" | "time" | "datetime-local" | undefined;
}

/** Days are typed and read in one way everywhere; moments are left to the system's own control. */
export function DateInput({ type = "date", ...rest }: DateInputProps) {
  return type === "date" ? <DayInput {...rest} /> : <TextInput {...rest} type={type} />;
}
