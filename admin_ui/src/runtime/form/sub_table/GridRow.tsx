import { memo, type RefCallback } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/Button.tsx";
import { useForm } from "../FormContext.ts";
import type { DrawInner, GridColumn } from "./columns.ts";
import { GridCell } from "./GridCell.tsx";

interface GridRowProps {
  readonly list: string;
  readonly row: string;
  readonly index: number;
  readonly columns: readonly GridColumn[];
  readonly inner: DrawInner | null;
  readonly open: boolean;
  readonly unfolded: boolean;
  readonly onFold: (row: string, shown: boolean) => void;
  readonly measure: RefCallback<HTMLElement> | undefined;
}

/** One row with its cells, and unfolded the tables inside it. A body of its own, so that both are measured as one. */
export const GridRow = memo(
  function GridRow({ list, row, index, columns, inner, open, unfolded, onFold, measure }: GridRowProps) {
    const { t } = useTranslation("form");
    const { store } = useForm();
    const number = { row: index + 1 };
    return (
      <tbody ref={measure} data-index={index}>
        <tr aria-rowindex={index + 1}>
          <th scope="row" className="grid-number">
            {inner !== null ? (
              <button type="button" className="grid-fold" data-fold={row} aria-expanded={unfolded} aria-label={t(unfolded ? "grid.fold" : "grid.unfold", number)} title={t("grid.fold_keys")} onClick={() => onFold(row, !unfolded)}>
                <span aria-hidden="true">{unfolded ? "▾" : "▸"}</span> {index + 1}
              </button>
            ) : (
              index + 1
            )}
          </th>
          {columns.map((column) => (
            <td key={column.meta.name} data-row={row} data-field={column.meta.name} className={column.end ? "fw-end" : undefined}>
              <GridCell table={list} row={row} index={index} column={column} />
            </td>
          ))}
          {open && (
            <td className="grid-tools">
              <IconButton icon="up" size="s" tabIndex={-1} disabled={index === 0} label={t("grid.move_up", number)} onClick={() => store.moveRow(list, row, index - 1)} />
              <IconButton icon="down" size="s" tabIndex={-1} disabled={index === store.rows(list).length - 1} label={t("grid.move_down", number)} onClick={() => store.moveRow(list, row, index + 1)} />
              <IconButton icon="copy" size="s" tabIndex={-1} label={t("grid.duplicate", number)} onClick={() => store.duplicateRow(list, row)} />
              <IconButton icon="trash" size="s" label={t("grid.remove", number)} onClick={() => store.removeRow(list, row)} />
            </td>
          )}
        </tr>
        {unfolded && inner !== null && (
          <tr className="grid-inner">
            <td colSpan={columns.length + (open ? 2 : 1)}>{inner(row)}</td>
          </tr>
        )}
      </tbody>
    );
  },
  // The way to fold is the same thing each time, though it is another function.
  (a, b) => a.list === b.list && a.row === b.row && a.index === b.index && a.columns === b.columns && a.inner === b.inner && a.open === b.open && a.unfolded === b.unfolded && a.measure === b.measure,
);
