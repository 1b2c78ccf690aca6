import { useTranslation } from "react-i18next";
import { Checkbox } from "../../../ui/Checkbox.tsx";
import type { ControlProps } from "./control.ts";

export function BooleanControl({ value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("form");
  const { "aria-label": name, ...rest } = ids;
  return <Checkbox {...rest} checked={value === true} onChange={onChange} onBlur={onBlur} label={inCell ? (name ?? t("yes")) : t("yes")} labelHidden={inCell} />;
}
