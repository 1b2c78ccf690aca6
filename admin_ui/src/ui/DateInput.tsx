import { DayInput } from "./DayInput.tsx";
import { MomentInput } from "./MomentInput.tsx";
import type { TextInputProps } from "./TextInput.tsx";
import { TimeInput } from "./TimeInput.tsx";

export interface DateInputProps extends Omit<TextInputProps, "type"> {
  /** "date": 2026-11-20; "time": 08:30; "datetime-local": 2026-11-20T08:30. */
  type?: "date" | "time" | "datetime-local" | undefined;
}

/** Days, times and moments are typed and read in one way everywhere, whatever the browser speaks. */
export function DateInput({ type = "date", ...rest }: DateInputProps) {
  if (type === "time") return <TimeInput {...rest} />;
  return type === "date" ? <DayInput {...rest} /> : <MomentInput {...rest} />;
}
