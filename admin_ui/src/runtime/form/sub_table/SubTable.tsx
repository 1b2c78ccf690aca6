import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { searchDepartments, searchOptions, searchPeople } from "../../../api/queries.ts";
import { isBlock } from "../../../core/form/paste.ts";
import type { FormStore } from "../../../core/form/store.ts";
import { cellPath, columnOf, placeOf } from "../../../core/form/paths.ts";
import type { FieldMeta, FormItem } from "../../../core/form/types.ts";
import { Button } from "../../../ui/Button.tsx";
import { toast } from "../../../ui/toasts.ts";
import { usePhone } from "../../../ui/useMedia.ts";
import { useCell, useForm, useRows } from "../FormContext.ts";
import { useProblemWords } from "../problemWords.ts";
import { controlId } from "../reveal.ts";
import { gridColumns, innerTables } from "./columns.ts";
import { GridTable } from "./GridTable.tsx";
import { pasteBlock, type Find } from "./pasteBlock.ts";
import { RowCards } from "./RowCards.tsx";
import { placeOfTarget, useGridKeys } from "./useGridKeys.ts";
import "./grid.css";

function finder(store: FormStore, list: string): Find {
  const record = JSON.stringify(store.content.head(placeOf(list).row));
  return (meta, text) => {
    if (meta.type === "user" || meta.type === "users") return searchPeople(text);
    if (meta.type === "department" || meta.type === "departments") return searchDepartments(text);
    return searchOptions(meta.to ?? "", { q: text, field: `${store.meta.key}.${columnOf(list)}.${meta.name}`, record });
  };
}

/** Rows inside a record, or inside a row: a table that is filled like a spreadsheet, cards on a phone. `list` is its path. */
export function SubTable({ meta, list, columns: named, titled = true }: { meta: FieldMeta; list: string; columns: FormItem["columns"]; titled?: boolean }) {
  const { t } = useTranslation("form");
  const { store, revealer } = useForm();
  const words = useProblemWords();
  const phone = usePhone();
  const cell = useCell(list);
  const rows = useRows(list);
  const columns = useMemo(() => gridColumns(meta, named), [meta, named]);
  const table = columnOf(list);
  const shown = useMemo(() => columns.filter((column) => store.flags(column.meta, `${table}.${column.meta.name}`).visible), [columns, store, table]);
  const below = useMemo(() => innerTables(meta, named).filter((one) => store.flags(one, `${table}.${one.name}`).visible), [meta, named, store, table]);
  const drawInner = useCallback((row: string) => below.map((one) => <InnerTable key={one.name} meta={one} list={cellPath(list, row, one.name)} />), [below, list]);
  const inner = below.length > 0 ? drawInner : null;
  const summed = useMemo(() => store.totals(table), [store, table]);
  const open = !cell.readOnly;
  const full = meta.max_rows !== null && meta.max_rows !== undefined && rows.length >= meta.max_rows;
  const add = () => store.addRow(list);
  const keys = useGridKeys(store, revealer, list, shown, open && !full ? add : null);

  const addAndGo = () => {
    const row = add();
    const first = shown.find((column) => !store.cell(cellPath(list, row, column.meta.name)).readOnly);
    if (first) revealer.reveal(cellPath(list, row, first.meta.name));
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const place = event.target === null ? null : placeOfTarget(event.target);
    if (!open || place === null || !isBlock(text)) return;
    event.preventDefault();
    const from = shown.findIndex((column) => column.meta.name === place.field);
    void pasteBlock(store, list, place.row, shown.slice(from).map((column) => column.meta), text, finder(store, list)).then((report) => {
      toast.info(t("grid.pasted", { count: report.rows }));
      if (report.unknown.length > 0) toast.warn(t("grid.unknown", { names: report.unknown.slice(0, 5).join("、"), count: report.unknown.length }));
      if (report.cut > 0) toast.warn(t("grid.cut", { count: report.cut }));
    });
  };

  return (
    <div className="fw-field">
      <div className="fw-row">
        <h3 className="fw-grow">
          {/* Under a heading that says the same the name is for those who do not see it. */}
          <span className={titled ? undefined : "fw-hidden"}>{meta.title}</span>
          {titled && cell.required && open && <span className="fw-field-required">*</span>}
        </h3>
        <span className="fw-muted fw-small">{t("grid.count", { count: rows.length })}</span>
      </div>
      {cell.problems.map((problem) => (
        <div key={problem.code + problem.detail} className={problem.severity === "error" ? "fw-field-error" : "fw-field-warning"}>
          {words(problem)}
        </div>
      ))}
      {rows.length === 0 ? (
        <p className="grid-empty">{t(open ? "grid.empty_open" : "grid.empty")}</p>
      ) : phone ? (
        <RowCards list={list} columns={shown} inner={inner} summed={summed} open={open} />
      ) : (
        <GridTable meta={meta} list={list} columns={shown} inner={inner} summed={summed} open={open} onKeyDown={keys} onPaste={paste} />
      )}
      {open && (
        <div className="fw-row">
          <Button id={controlId(list)} icon="plus" disabled={full} onClick={addAndGo}>
            {t("grid.add", { table: meta.title })}
          </Button>
          {full && <span className="fw-muted fw-small">{t("grid.full", { limit: meta.max_rows })}</span>}
        </div>
      )}
      {meta.help && <div className="fw-field-help">{meta.help}</div>}
    </div>
  );
}

/** A table inside a row, while it shows. */
function InnerTable({ meta, list }: { meta: FieldMeta; list: string }) {
  return useCell(list).visible ? <SubTable meta={meta} list={list} columns={null} /> : null;
}
