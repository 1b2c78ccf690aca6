import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isMasked } from "../../../core/form/kinds/masked.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { TextInput } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

/** What is kept and never read back: an empty box means that it stays. */
export function PasswordControl({ value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const [kept] = useState(() => (isMasked(value) ? value : null));
  const [open, setOpen] = useState(false);
  const typed = typeof value === "string" && value !== kept ? value : "";
  return (
    <span className="fw-row">
      <TextInput
        {...ids}
        type={open ? "text" : "password"}
        autoComplete="new-password"
        placeholder={kept === null ? undefined : t("secret.kept")}
        value={typed}
        onChange={(text) => onChange(text === "" ? kept : text)}
        onBlur={onBlur}
      />
      {!inCell && <IconButton icon={open ? "eye_off" : "eye"} variant="secondary" label={t(open ? "secret.hide" : "secret.show")} aria-pressed={open} onClick={() => setOpen(!open)} />}
      {kept !== null && !inCell && value !== null && <IconButton icon="trash" variant="secondary" label={t("secret.remove")} onClick={() => onChange(null)} />}
    </span>
  );
}
