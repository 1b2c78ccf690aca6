import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { cellPath } from "../../../core/form/paths.ts";
import type { FieldMeta } from "../../../core/form/types.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { useCell, useFindings, useForm, useRows } from "../FormContext.ts";
import { FormField } from "../FormField.tsx";
import { ReadValue } from "../ReadValue.tsx";
import type { DrawInner, GridColumn } from "./columns.ts";
import { TotalsList } from "./Totals.tsx";
import { wayInto } from "./way.ts";

const IN_HEAD = 3;

/** The rows on a phone: a card each, folded to its first values; the one that is worked on is open. */
export function RowCards({ list, columns, inner, summed, open }: { list: string; columns: readonly GridColumn[]; inner: DrawInner | null; summed: readonly FieldMeta[]; open: boolean }) {
  const { store, revealer } = useForm();
  const rows = useRows(list);
  const [unfolded, setUnfolded] = useState<string | null>(rows.length === 1 ? (rows[0] ?? null) : null);
  useEffect(
    () =>
      revealer.register((path) => {
        const way = wayInto(list, path);
        if (way !== null) setUnfolded(way.row);
      }),
    [revealer, list],
  );
  return (
    <>
      <ol className="grid-cards">
        {rows.map((row, index) => (
          <RowCard key={row} list={list} inner={inner} row={row} index={index} columns={columns} open={open} unfolded={unfolded === row} onFold={(shown) => setUnfolded(shown ? row : null)} onCopy={() => setUnfolded(store.duplicateRow(list, row))} />
        ))}
      </ol>
      <TotalsList table={list} summed={summed} />
    </>
  );
}

interface RowCardProps {
  readonly list: string;
  readonly inner: DrawInner | null;
  readonly row: string;
  readonly index: number;
  readonly columns: readonly GridColumn[];
  readonly open: boolean;
  readonly unfolded: boolean;
  readonly onFold: (shown: boolean) => void;
  readonly onCopy: () => void;
}

function RowCard({ list, inner, row, index, columns, open, unfolded, onFold, onCopy }: RowCardProps) {
  const { t } = useTranslation("form");
  const { store } = useForm();
  const bad = useFindings(store).filter(({ path, problem }) => problem.severity === "error" && wayInto(list, path)?.row === row).length;
  return (
    <li className="grid-card">
      <button type="button" className="grid-card-head" aria-expanded={unfolded} onClick={() => onFold(!unfolded)}>
        <span className="fw-muted">{index + 1}</span>
        <span className="fw-grow grid-card-sum">
          {columns.slice(0, IN_HEAD).map((column) => (
            <HeadValue key={column.meta.name} table={list} row={row} meta={column.meta} />
          ))}
        </span>
        {bad > 0 && <span className="fw-count fw-count-red">{bad}</span>}
        <Icon name={unfolded ? "up" : "down"} size={16} />
      </button>
      {unfolded && (
        <div className="grid-card-body">
          {columns.map((column) => (
            <FormField key={column.meta.name} meta={column.meta} path={cellPath(list, row, column.meta.name)} />
          ))}
          {inner?.(row)}
          {open && (
            <div className="fw-row fw-row-wrap">
              <IconButton icon="up" variant="secondary" disabled={index === 0} label={t("grid.move_up", { row: index + 1 })} onClick={() => store.moveRow(list, row, index - 1)} />
              <IconButton icon="down" variant="secondary" disabled={index === store.rows(list).length - 1} label={t("grid.move_down", { row: index + 1 })} onClick={() => store.moveRow(list, row, index + 1)} />
              <Button icon="copy" onClick={onCopy}>
                {t("grid.copy_row")}
              </Button>
              <Button icon="trash" variant="danger" aria-label={t("grid.remove", { row: index + 1 })} onClick={() => store.removeRow(list, row)}>
                {t("grid.remove_row")}
              </Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}

function HeadValue({ table, row, meta }: { table: string; row: string; meta: FieldMeta }) {
  const cell = useCell(cellPath(table, row, meta.name));
  return <ReadValue meta={meta} value={cell.value} label={cell.label} />;
}
