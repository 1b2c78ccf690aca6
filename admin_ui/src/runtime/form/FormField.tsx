import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import { columnOf, placeOf } from "../../core/form/paths.ts";
import type { FieldMeta } from "../../core/form/types.ts";
import { Field } from "../../ui/Field.tsx";
import { FieldControl } from "./FieldControl.tsx";
import { useCell, useForm, useSibling } from "./FormContext.ts";
import { useProblemWords } from "./problemWords.ts";
import { ReadValue } from "./ReadValue.tsx";
import { controlId } from "./reveal.ts";

/** One field with its label above and what there is to say about it below. Draws again only when its own cell changes. */
export const FormField = memo(function FormField({ meta, path, label }: { meta: FieldMeta; path: string; label?: string }) {
  const { store } = useForm();
  const { t } = useTranslation("form");
  const words = useProblemWords();
  const cell = useCell(path);
  if (!cell.visible) return null;
  if (cell.readOnly) return <ReadField meta={meta} path={path} label={label ?? meta.title} />;
  const errors = cell.problems.filter((problem) => problem.severity === "error").map(words);
  const warnings = cell.problems.filter((problem) => problem.severity === "warning").map(words);
  return (
    <Field
      id={controlId(path)}
      label={label ?? meta.title}
      required={cell.required}
      help={meta.help}
      error={errors.length > 0 ? errors.join(" ") : undefined}
      warning={warnings.length > 0 ? t("warning", { text: warnings.join(" ") }) : undefined}
    >
      {(ids) => (
        <FieldControl
          meta={meta}
          value={cell.value}
          label={cell.label}
          ids={ids}
          inCell={false}
          onChange={(value, chosen) => store.set(path, value, chosen ?? null)}
          onBlur={() => store.leave(path)}
          asker={`${store.meta.key}.${columnOf(path)}`}
          record={() => store.content.head(placeOf(path).row)}
        />
      )}
    </Field>
  );
});

/** A field that is only read. Errors are told all the same: a formula may have failed. */
function ReadField({ meta, path, label }: { meta: FieldMeta; path: string; label: string }) {
  const { store } = useForm();
  const { t } = useTranslation("form");
  const words = useProblemWords();
  const cell = useCell(path);
  const name = useId();
  const currency = useSibling({ asker: `${store.meta.key}.${columnOf(path)}`, record: () => store.content.head(placeOf(path).row) }, meta.currency_field ?? null);
  const shown = typeof currency === "string" && currency !== "" ? { ...meta, currency } : meta;
  return (
    <div className="fw-field form-read">
      <span id={name} className="fw-field-label">
        {label}
      </span>
      <output id={controlId(path)} aria-labelledby={name} tabIndex={cell.problems.length > 0 ? -1 : undefined} className={cell.pending ? "form-value form-pending" : "form-value"} aria-live="off">
        {cell.failed === null ? <ReadValue meta={shown} value={cell.value} label={cell.label} /> : <FormulaFailure code={cell.failed} />}
        {meta.access === "mask" && <span className="fw-muted fw-small"> {t("masked")}</span>}
        {cell.pending && <span className="fw-muted fw-small"> {t("pending")}</span>}
      </output>
      {cell.problems.map((problem) => (
        <div key={problem.code + problem.detail} className={problem.severity === "error" ? "fw-field-error" : "fw-field-warning"}>
          {words(problem)}
        </div>
      ))}
    </div>
  );
}

/** An error of a formula is shown where its value would stand. */
export function FormulaFailure({ code }: { code: string }) {
  const { t } = useTranslation("form");
  return <span className="form-failed">{t(`formula.${code}`, { defaultValue: t("formula.failed") })}</span>;
}
