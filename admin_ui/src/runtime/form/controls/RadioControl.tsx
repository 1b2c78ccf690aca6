import { useTranslation } from "react-i18next";
import { Choices } from "../../../ui/Choices.tsx";
import type { ControlProps } from "./control.ts";
import { SelectControl } from "./SelectControl.tsx";

/** One of a few options, all in sight; pressing the chosen one again takes it away where nothing is required. */
export function RadioControl(props: ControlProps & { readonly look?: "radio" | "buttons" }) {
  const { meta, value, ids, inCell, onChange, onBlur, look = "radio" } = props;
  const { t } = useTranslation("form");
  if (inCell) return <SelectControl {...props} />;
  const current = typeof value === "string" ? value : "";
  const options = (meta.options ?? [])
    .filter((option) => option.retired !== true || option.value === current)
    .map((option) => ({ value: option.value, label: option.retired ? t("retired", { title: option.title }) : option.title }));
  return <Choices {...ids} aria-label={ids["aria-label"] ?? meta.title} look={look} clearable={ids["aria-required"] !== true} value={current} options={options} onChange={(chosen) => onChange(chosen === "" ? null : chosen)} onBlur={onBlur} />;
}
