import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endsOf } from "../../../core/form/kinds/times.ts";
import { localOfMoment, momentOfLocal } from "../../../core/formats/moment.ts";
import { DateInput } from "../../../ui/DateInput.tsx";
import type { ControlProps } from "./control.ts";

const TYPES = { date_range: "date", datetime_range: "datetime-local", time_range: "time" } as const;

/** Two ends of one stretch of time. While only one end is filled in, the value says so and is marked. */
export function RangeControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const type = TYPES[meta.type as keyof typeof TYPES] ?? "date";
  const moments = type === "datetime-local";
  const shown = (end: string) => (moments ? localOfMoment(end) || end : end);
  const kept = (text: string) => (moments ? (momentOfLocal(text) ?? text) : text);
  const [from, to] = endsOf(value);
  // What is typed cannot be read until it is whole.
  const [typed, setTyped] = useState<readonly [string | null, string | null]>([null, null]);
  const put = (place: 0 | 1, text: string) => {
    setTyped(place === 0 ? [text, typed[1]] : [typed[0], text]);
    const ends = [place === 0 ? kept(text) : from, place === 1 ? kept(text) : to];
    onChange(ends[0] === "" && ends[1] === "" ? null : ends.join("/"));
  };
  const title = ids["aria-label"] ?? meta.title;
  const leave = () => {
    setTyped([null, null]);
    onBlur();
  };
  return (
    <fieldset className="control-range" aria-label={title}>
      <DateInput {...ids} aria-label={t("range.from", { title })} type={type} value={typed[0] ?? shown(from)} onChange={(text) => put(0, text)} onBlur={leave} />
      <span aria-hidden="true">–</span>
      <DateInput aria-label={t("range.to", { title })} aria-describedby={ids["aria-describedby"]} aria-invalid={ids["aria-invalid"]} type={type} value={typed[1] ?? shown(to)} onChange={(text) => put(1, text)} onBlur={leave} />
    </fieldset>
  );
}
