import { useState } from "react";
import { useTranslation } from "react-i18next";
import { colourOf } from "../../../core/form/kinds/contacts.ts";
import { TextInput } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

/** A colour, chosen or typed as #rrggbb. */
export function ColourControl({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("controls");
  const [typed, setTyped] = useState<string | null>(null);
  const text = typeof value === "string" ? value : "";
  return (
    <span className="fw-row">
      <input type="color" className="control-colour" aria-label={t("colour.choose", { title: ids["aria-label"] ?? meta.title })} value={colourOf(text) ?? "#ffffff"} onChange={(event) => onChange(event.target.value.toLowerCase())} />
      <TextInput
        {...ids}
        placeholder="#rrggbb"
        maxLength={9}
        value={typed ?? text}
        onChange={(next) => {
          setTyped(next);
          onChange(next === "" ? null : (colourOf(next) ?? next));
        }}
        onBlur={() => {
          setTyped(null);
          onBlur();
        }}
      />
    </span>
  );
}
