import { useId } from "react";
import "./Choices.css";

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean | undefined;
}

export interface ChoicesProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly Choice[];
  /** "radio": one below the other or side by side; "buttons": a bar of buttons. */
  look?: "radio" | "buttons" | undefined;
  /** Whether the choice can be taken away by pressing it again. */
  clearable?: boolean | undefined;
  onBlur?: (() => void) | undefined;
  id?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
  "aria-required"?: boolean | undefined;
}

/** One of a few, all in sight; arrows move as in any group of radio buttons. */
export function Choices({ value, onChange, options, look = "radio", clearable, onBlur, ...group }: ChoicesProps) {
  const name = useId();
  return (
    <div role="radiogroup" {...group} className={`fw-choices fw-choices-${look}`}>
      {options.map((option) => (
        <label key={option.value} className="fw-choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
            onClick={() => clearable && option.value === value && onChange("")}
            onBlur={onBlur}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
