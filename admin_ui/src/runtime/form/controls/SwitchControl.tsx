import { useTranslation } from "react-i18next";
import { Switch } from "../../../ui/Switch.tsx";
import type { ControlProps } from "./control.ts";

export function SwitchControl({ value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("form");
  const { "aria-label": name, ...rest } = ids;
  return <Switch {...rest} checked={value === true} onChange={onChange} onBlur={onBlur} label={inCell ? (name ?? t("yes")) : t(value === true ? "yes" : "no")} labelHidden={inCell} />;
}
