import { useState } from "react";
import { groupThousands, parseTyped } from "../core/formats/number.ts";
import { TextInput, type TextInputProps } from "./TextInput.tsx";

export interface NumberInputProps extends Omit<TextInputProps, "type" | "value" | "onChange"> {
  /** Exact decimal as plain text ("1234.50"), "" when blank. What cannot be read as a number is handed on as typed. */
  value: string;
  onChange: (value: string) => void;
  /** Shown after the number, inside the box: a unit, a currency, %. */
  suffix?: string | undefined;
}

/** Thousands appear when the pointer leaves and go while one types; full-width digits and pasted commas are understood. */
export function NumberInput({ value, onChange, suffix, className, onFocus, onBlur, ...rest }: NumberInputProps) {
  const [typing, setTyping] = useState(false);
  const classes = ["fw-input-number", className].filter(Boolean).join(" ");
  const input = (
    <TextInput
      inputMode="decimal"
      {...rest}
      className={classes}
      value={typing ? value : groupThousands(value)}
      onChange={(text) => onChange(parseTyped(text))}
      onFocus={(event) => {
        setTyping(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setTyping(false);
        onBlur?.(event);
      }}
    />
  );
  if (suffix === undefined || suffix === "") return input;
  return (
    <span className="fw-affix">
      {input}
      <span className="fw-affix-text">{suffix}</span>
    </span>
  );
}
