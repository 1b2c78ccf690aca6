import { memo } from "react";
import { useTranslation } from "react-i18next";
import { cellPath, columnOf } from "../../../core/form/paths.ts";
import { FieldControl } from "../FieldControl.tsx";
import { useCell, useForm } from "../FormContext.ts";
import { FormulaFailure } from "../FormField.tsx";
import { useProblemWords } from "../problemWords.ts";
import { ReadValue } from "../ReadValue.tsx";
import { controlId } from "../reveal.ts";
import type { GridColumn } from "./columns.ts";

/** One cell of a sub-table. It looks at its own path only: a key press in one cell draws one cell. */
export const GridCell = memo(function GridCell({ table, row, index, column }: { table: string; row: string; index: number; column: GridColumn }) {
  const { t } = useTranslation("form");
  const { store } = useForm();
  const words = useProblemWords(true);
  const { meta, end } = column;
  const path = cellPath(table, row, meta.name);
  const cell = useCell(path);
  if (!cell.visible) return null;
  const note = `${controlId(path)}-note`;
  const said = cell.problems.map(words).join(" ");
  const error = cell.problems.some((problem) => problem.severity === "error");
  if (cell.readOnly) {
    return (
      <div id={controlId(path)} className={`grid-value${end ? " fw-end" : ""}${cell.pending ? " form-pending" : ""}`} title={said || undefined}>
        {cell.failed === null ? <ReadValue meta={meta} value={cell.value} label={cell.label} inCell /> : <FormulaFailure code={cell.failed} />}
      </div>
    );
  }
  return (
    <div className={error ? "grid-edit grid-bad" : "grid-edit"} title={said || undefined}>
      <FieldControl
        meta={meta}
        value={cell.value}
        label={cell.label}
        ids={{
          id: controlId(path),
          "aria-label": t("cell_label", { field: meta.title, row: index + 1 }),
          "aria-describedby": said === "" ? undefined : note,
          "aria-invalid": error || undefined,
          "aria-required": cell.required || undefined,
        }}
        inCell
        onChange={(value, chosen) => store.set(path, value, chosen ?? null)}
        onBlur={() => store.leave(path)}
        asker={`${store.meta.key}.${columnOf(path)}`}
        record={() => store.content.head(row)}
      />
      {said !== "" && (
        <div id={note} className={error ? "fw-field-error grid-note" : "fw-field-warning grid-note"}>
          {said}
        </div>
      )}
    </div>
  );
});
