import type { InputHTMLAttributes, ReactNode } from "react";
import "./Field.css";

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "checked" | "onChange" | "type"> {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  labelHidden?: boolean | undefined;
}

export function Checkbox({ checked, onChange, label, labelHidden, ...rest }: CheckboxProps) {
  return (
    <label className="fw-check">
      <input {...rest} type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className={labelHidden ? "fw-hidden" : undefined}>{label}</span>
    </label>
  );
}
