import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOfText } from "../core/formats/date.ts";
import { CalendarButton } from "./CalendarButton.tsx";
import { TextInput, type TextInputProps } from "./TextInput.tsx";
import { useOpener } from "./useOpener.ts";

/**
 * A day as text, 2026-11-20 in every language; 20261120 and 2026/11/20 are understood. `onChange` gets the day, or the
 * text itself while it is none. The system's calendar opens beside it, by its button or Alt and the arrow down.
 */
export function DayInput({ value, onChange, onFocus, onBlur, onKeyDown, ...rest }: Omit<TextInputProps, "type">) {
  const { t } = useTranslation("ui");
  const { opener, press } = useOpener(onKeyDown);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className="fw-affix fw-day">
      <TextInput
        {...rest}
        inputMode="numeric"
        placeholder={t("date.pattern")}
        value={typed ?? value}
        onChange={(text) => {
          setTyped(text);
          onChange(dateOfText(text) ?? text);
        }}
        onKeyDown={press}
        onFocus={onFocus}
        onBlur={(event) => {
          setTyped(null);
          onBlur?.(event);
        }}
      />
      <CalendarButton
        day={dateOfText(value) ?? ""}
        opener={opener}
        disabled={rest.disabled}
        onChoose={(day) => {
          setTyped(null);
          onChange(day);
        }}
      />
    </span>
  );
}
