import { useTranslation } from "react-i18next";
import { Select } from "../../../ui/Select.tsx";
import type { ControlProps } from "./control.ts";

/** Retired options stay readable where they are chosen and cannot be chosen anew. */
export function SelectControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("form");
  const current = typeof value === "string" ? value : "";
  const options = (meta.options ?? [])
    .filter((option) => option.retired !== true || option.value === current)
    .map((option) => ({ value: option.value, label: option.retired ? t("retired", { title: option.title }) : option.title }));
  // What was pasted and is none of the options is shown, and marked by its problem.
  const unknown = current !== "" && !options.some((option) => option.value === current) ? [{ value: current, label: current }] : [];
  return <Select {...ids} value={current} options={[...options, ...unknown]} placeholder={t("choose")} onChange={(chosen) => onChange(chosen === "" ? null : chosen)} onBlur={onBlur} />;
}
