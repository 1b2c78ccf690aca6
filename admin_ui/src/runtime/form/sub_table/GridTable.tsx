import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "../../../core/form/paths.ts";
import type { FieldMeta } from "../../../core/form/types.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { useForm, useRows } from "../FormContext.ts";
import type { GridColumn } from "./columns.ts";
import { GridCell } from "./GridCell.tsx";
import { TotalsLine } from "./Totals.tsx";
import { useInside } from "./useInside.ts";

/** From here on only the rows in sight are drawn. */
export const VIRTUAL_FROM = 50;
const ROW_HEIGHT = 41;
const FRAME = 44;

export interface GridTableProps {
  readonly meta: FieldMeta;
  readonly columns: readonly GridColumn[];
  readonly summed: readonly FieldMeta[];
  /** Rows may be added and taken away. */
  readonly open: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

export function GridTable({ meta, columns, summed, open, onKeyDown, onPaste }: GridTableProps) {
  const { t } = useTranslation("form");
  const { store, revealer } = useForm();
  const rows = useRows(meta.name);
  const box = useRef<HTMLElement>(null);
  useInside(box, "keydown", onKeyDown);
  useInside(box, "paste", onPaste);
  const large = rows.length > VIRTUAL_FROM;
  const virtual = useVirtualizer({
    count: large ? rows.length : 0,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialRect: { width: 1000, height: 600 },
  });
  useEffect(
    () =>
      revealer.register((path) => {
        const { table, row } = placeOf(path);
        if (large && table === meta.name && row !== null) virtual.scrollToIndex(store.rows(meta.name).indexOf(row), { align: "center" });
      }),
    [revealer, virtual, large, meta.name, store],
  );
  const items = virtual.getVirtualItems();
  const shown = large ? items.map((item) => item.index) : rows.map((_, index) => index);
  const before = large ? (items[0]?.start ?? 0) : 0;
  const after = large ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const width = columns.reduce((sum, column) => sum + column.width, FRAME + (open ? 2 * FRAME : 0));
  return (
    <section ref={box} className={large ? "grid-box grid-large" : "grid-box"} data-testid={`grid-${meta.name}`} aria-label={t("grid.scroll", { table: meta.title })} tabIndex={open ? undefined : 0}>
      <table className={open ? "grid" : "grid grid-read"} style={open ? { minWidth: width } : undefined} aria-label={meta.title} aria-rowcount={rows.length}>
        <colgroup>
          <col style={{ width: FRAME }} />
          {columns.map((column) => (
            <col key={column.meta.name} style={{ width: column.width }} />
          ))}
          {open && <col style={{ width: 2 * FRAME }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="grid-number">
              #
            </th>
            {columns.map(({ meta: field, end }) => (
              <th key={field.name} scope="col" className={end ? "fw-end" : undefined} title={field.help ?? undefined}>
                {field.title}
                {field.unit && <span className="fw-muted"> ({field.unit})</span>}
                {field.required && open && <span className="fw-field-required">*</span>}
              </th>
            ))}
            {open && (
              <th scope="col">
                <span className="fw-hidden">{t("grid.actions")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {shown.map((index) => {
            const row = rows[index];
            return row === undefined ? null : <GridRow key={row} table={meta.name} row={row} index={index} columns={columns} open={open} />;
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
        {summed.length > 0 && rows.length > 0 && <TotalsLine table={meta.name} columns={columns} summed={summed} tail={open} />}
      </table>
    </section>
  );
}

function GridRow({ table, row, index, columns, open }: { table: string; row: string; index: number; columns: readonly GridColumn[]; open: boolean }) {
  const { t } = useTranslation("form");
  const { store } = useForm();
  return (
    <tr aria-rowindex={index + 1}>
      <th scope="row" className="grid-number">
        {index + 1}
      </th>
      {columns.map((column) => (
        <td key={column.meta.name} data-row={row} data-field={column.meta.name} className={column.end ? "fw-end" : undefined}>
          <GridCell table={table} row={row} index={index} column={column} />
        </td>
      ))}
      {open && (
        <td className="grid-tools">
          <IconButton icon="copy" size="s" tabIndex={-1} label={t("grid.duplicate", { row: index + 1 })} onClick={() => store.duplicateRow(table, row)} />
          <IconButton icon="trash" size="s" label={t("grid.remove", { row: index + 1 })} onClick={() => store.removeRow(table, row)} />
        </td>
      )}
    </tr>
  );
}
