import { useState } from "react";
import { useTranslation } from "react-i18next";
import { durationOfText, secondsOf } from "../../../core/formats/period.ts";
import { TextInput } from "../../../ui/TextInput.tsx";
import { useDurationWords } from "../durationWords.ts";
import type { ControlProps } from "./control.ts";

/** A length of time, typed as people say it: 8:30, 8小时30分, 8.5 (in the field's unit), 1d 4h. */
export function DurationControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const words = useDurationWords();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typeof value === "string" ? value : "";
  const unit = meta.unit ?? "hour";
  return (
    <TextInput
      {...ids}
      placeholder={t(`duration.placeholder.${unit}`, { defaultValue: t("duration.placeholder.hour") })}
      value={typed ?? (secondsOf(text) === null ? text : words(text, unit))}
      onChange={(next) => {
        setTyped(next);
        onChange(next.trim() === "" ? null : (durationOfText(next, unit) ?? next));
      }}
      onBlur={() => {
        setTyped(null);
        onBlur();
      }}
    />
  );
}
