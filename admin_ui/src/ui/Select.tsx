import type { Ref, SelectHTMLAttributes } from "react";
import "./Field.css";

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean | undefined;
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
  options: readonly SelectOption[];
  /** Text of the empty choice; without it there is none. */
  placeholder?: string | undefined;
  ref?: Ref<HTMLSelectElement> | undefined;
}

/** The system's own list: right for up to some thirty fixed options. For more, or for records, use Combobox. */
export function Select({ value, onChange, options, placeholder, className, ...rest }: SelectProps) {
  const classes = ["fw-input", className].filter(Boolean).join(" ");
  return (
    <select {...rest} className={classes} value={value} onChange={(event) => onChange(event.target.value)}>
      {placeholder !== undefined && <option value="">{placeholder}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
