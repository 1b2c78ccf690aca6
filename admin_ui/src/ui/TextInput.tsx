import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from "react";
import "./Field.css";

export interface TextInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** One line of text; also `type="date"`, `"time"`, `"datetime-local"`, `"password"`, `"search"`. */
export function TextInput({ value, onChange, className, ...rest }: TextInputProps) {
  const classes = ["fw-input", className].filter(Boolean).join(" ");
  return <input type="text" autoComplete="off" {...rest} className={classes} value={value} onChange={(event) => onChange(event.target.value)} />;
}

export interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLTextAreaElement> | undefined;
}

export function TextArea({ value, onChange, className, ...rest }: TextAreaProps) {
  const classes = ["fw-input", className].filter(Boolean).join(" ");
  return <textarea rows={3} {...rest} className={classes} value={value} onChange={(event) => onChange(event.target.value)} />;
}
