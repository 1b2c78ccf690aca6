import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isMasked } from "../../../core/form/kinds/masked.ts";
import { TextInput, type TextInputProps } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";

export interface ShapedTextProps extends Pick<TextInputProps, "type" | "inputMode" | "autoComplete" | "placeholder" | "maxLength"> {
  readonly props: ControlProps;
  /** How the value is read while nobody types. */
  readonly show?: ((text: string) => string) | undefined;
  /** What is told about it while one types; null for nothing. */
  readonly hint?: ((text: string) => ReactNode) | undefined;
  /** Stands at the end of the box: a link, a button. */
  readonly tail?: ReactNode;
}

/**
 * One line of text that has a shape. It is typed as it comes and read in groups. A masked value stands as a hint in an empty
 * box: what is typed replaces it, and left alone it stays.
 */
export function ShapedText({ props, show, hint, tail, ...rest }: ShapedTextProps) {
  const { meta, value, ids, inCell, onChange, onBlur } = props;
  const { t } = useTranslation("form");
  const note = useId();
  const [typing, setTyping] = useState(false);
  const text = typeof value === "string" ? value : "";
  const [kept] = useState(() => (meta.mask && isMasked(text) ? text : null));
  const masked = kept !== null && text === kept;
  const told = masked ? t("masked_hint") : (hint?.(text) ?? null);
  const box = (
    <TextInput
      maxLength={meta.max_length ?? undefined}
      {...rest}
      {...ids}
      aria-describedby={[ids["aria-describedby"], told === null ? null : note].filter(Boolean).join(" ") || undefined}
      placeholder={masked ? kept : rest.placeholder}
      value={masked ? "" : typing || !show ? text : show(text)}
      onChange={(typed) => onChange(typed === "" ? (kept ?? null) : typed)}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        onBlur();
      }}
    />
  );
  return (
    <>
      {tail ? (
        <span className="fw-row">
          {box}
          {tail}
        </span>
      ) : (
        box
      )}
      {told !== null && (
        <output id={note} className={inCell ? "fw-hidden" : "fw-field-help"}>
          {told}
        </output>
      )}
    </>
  );
}
