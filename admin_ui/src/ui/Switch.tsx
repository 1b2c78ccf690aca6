import type { CheckboxProps } from "./Checkbox.tsx";
import "./Choices.css";

/** On or off, at once. */
export function Switch({ checked, onChange, label, labelHidden, ...rest }: CheckboxProps) {
  return (
    <label className="fw-switch">
      <input {...rest} type="checkbox" role="switch" aria-checked={checked} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className={labelHidden ? "fw-hidden" : undefined}>{label}</span>
    </label>
  );
}
