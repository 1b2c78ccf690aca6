import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { grainOf } from "../../../core/form/kinds/times.ts";
import { isPeriod, periodOfDay, periodOfText, stepPeriod } from "../../../core/formats/period.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { TextInput } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

/** A month, quarter or year: typed, or stepped by its buttons and the arrows up and down. */
export function PeriodControl({ meta, value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const [typed, setTyped] = useState<string | null>(null);
  const grain = grainOf(meta);
  const text = typeof value === "string" ? value : "";
  const step = (steps: number) => {
    setTyped(null);
    onChange(isPeriod(text, grain) ? stepPeriod(text, grain, steps) : periodOfDay(new Date(), grain));
  };
  const press = (event: KeyboardEvent) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (way === undefined || inCell) return;
    event.preventDefault();
    step(way);
  };
  return (
    <span className="fw-row">
      {!inCell && <IconButton icon="left" variant="secondary" label={t("period.before")} onClick={() => step(-1)} />}
      <TextInput
        {...ids}
        className="control-period"
        placeholder={t(`period.${grain}`)}
        value={typed ?? text}
        onChange={(next) => {
          setTyped(next);
          onChange(next.trim() === "" ? null : (periodOfText(next, grain) ?? next));
        }}
        onKeyDown={press}
        onBlur={() => {
          setTyped(null);
          onBlur();
        }}
      />
      {!inCell && <IconButton icon="right" variant="secondary" label={t("period.after")} onClick={() => step(1)} />}
    </span>
  );
}
