import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import "./Field.css";

/** What a control takes so that its label, help and error belong to it. */
export interface FieldIds {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  "aria-required": boolean | undefined;
}

export interface FieldProps {
  label: ReactNode;
  required?: boolean | undefined;
  help?: ReactNode;
  /** Sentence under the field; its presence marks the control as invalid. */
  error?: ReactNode;
  warning?: ReactNode;
  /** Fixed id where an error summary must find the control. */
  id?: string | undefined;
  /** Hides the label from eyes, not from screen readers. */
  labelHidden?: boolean | undefined;
  className?: string | undefined;
  children: (ids: FieldIds) => ReactNode;
}

/** Label above, control, then error, warning or help below. */
export function Field({ label, required, help, error, warning, id, labelHidden, className, children }: FieldProps) {
  const { t } = useTranslation("ui");
  const made = useId();
  const control = id ?? made;
  const note = `${control}-note`;
  const shown = error ?? warning ?? help;
  const present = shown !== undefined && shown !== null && shown !== "";
  const tone = error ? "fw-field-error" : warning ? "fw-field-warning" : "fw-field-help";
  const ids: FieldIds = {
    id: control,
    "aria-describedby": present ? note : undefined,
    "aria-invalid": error ? true : undefined,
    "aria-required": required ? true : undefined,
  };
  return (
    <div className={["fw-field", className].filter(Boolean).join(" ")}>
      <label htmlFor={control} className={labelHidden ? "fw-hidden" : "fw-field-label"}>
        {label}
        {required && (
          <span className="fw-field-required" title={t("required")}>
            *
          </span>
        )}
      </label>
      {children(ids)}
      {present && (
        <div id={note} className={tone}>
          {shown}
        </div>
      )}
    </div>
  );
}
