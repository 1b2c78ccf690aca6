import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOfText } from "../core/formats/date.ts";
import { localOfText, showLocal } from "../core/formats/moment.ts";
import { CalendarButton } from "./CalendarButton.tsx";
import { ClockButton } from "./ClockButton.tsx";
import { TextInput, type TextInputProps } from "./TextInput.tsx";
import { useOpener } from "./useOpener.ts";
import "./TimeInput.css";

/**
 * A local moment as text, 2026-11-20 08:30 in every language. `onChange` gets "2026-11-20T08:30", or the text itself while
 * it is none; a calendar and a clock stand beside it.
 */
export function MomentInput({ value, onChange, onBlur, onKeyDown, ...rest }: Omit<TextInputProps, "type">) {
  const { t } = useTranslation("ui");
  const { opener, press } = useOpener(onKeyDown);
  const [typed, setTyped] = useState<string | null>(null);
  const [day = "", time = ""] = showLocal(value).split(" ");
  const put = (next: string) => {
    setTyped(null);
    onChange(next);
  };
  return (
    <span className="fw-affix fw-moment">
      <TextInput
        {...rest}
        placeholder={t("date.moment_pattern")}
        value={typed ?? showLocal(value)}
        onChange={(text) => {
          setTyped(text);
          onChange(localOfText(text) ?? text);
        }}
        onKeyDown={press}
        onBlur={(event) => {
          setTyped(null);
          onBlur?.(event);
        }}
      />
      <CalendarButton day={dateOfText(day) ?? ""} opener={opener} disabled={rest.disabled} onChoose={(chosen) => put(chosen === "" ? "" : `${chosen}T${time || "00:00"}`)} />
      <ClockButton time={time} disabled={rest.disabled} onChoose={(chosen) => put(`${dateOfText(day) ?? today()}T${chosen}`)} />
    </span>
  );
}

function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}
