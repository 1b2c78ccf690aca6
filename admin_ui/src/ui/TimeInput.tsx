import { useState, type KeyboardEvent } from "react";
import { stepTime, timeOfText } from "../core/formats/moment.ts";
import { ClockButton } from "./ClockButton.tsx";
import { TextInput, type TextInputProps } from "./TextInput.tsx";

/**
 * A time of day as text, 08:30 by 24 hours in every language; 0830, 8:30 and 下午3:05 are understood. `onChange` gets the
 * time, or the text itself while it is none. Arrows up and down step the hour or the minute, wherever the caret is.
 */
export function TimeInput({ value, onChange, onBlur, onKeyDown, ...rest }: Omit<TextInputProps, "type">) {
  const [typed, setTyped] = useState<string | null>(null);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event);
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const time = timeOfText(value);
    if (way === undefined || time === null || event.defaultPrevented) return;
    event.preventDefault();
    const box = event.currentTarget;
    const caret = box.selectionStart ?? 0;
    setTyped(null);
    onChange(stepTime(time, way * (caret <= 2 ? 60 : 1)));
    requestAnimationFrame(() => box.setSelectionRange(caret, caret));
  };
  return (
    <span className="fw-affix">
      <TextInput
        {...rest}
        inputMode="numeric"
        placeholder="HH:MM"
        maxLength={12}
        value={typed ?? value.replace(/^(\d\d:\d\d):00$/, "$1")}
        onChange={(text) => {
          setTyped(text);
          onChange(timeOfText(text) ?? text);
        }}
        onKeyDown={press}
        onBlur={(event) => {
          setTyped(null);
          onBlur?.(event);
        }}
      />
      <ClockButton
        time={timeOfText(value) ?? ""}
        disabled={rest.disabled}
        onChoose={(time) => {
          setTyped(null);
          onChange(time);
        }}
      />
    </span>
  );
}
