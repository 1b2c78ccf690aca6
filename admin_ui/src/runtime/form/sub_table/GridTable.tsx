import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useRef, useState, type RefCallback } from "react";
import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../../core/form/types.ts";
import { useForm, useRows } from "../FormContext.ts";
import type { DrawInner, GridColumn } from "./columns.ts";
import { GridRow } from "./GridRow.tsx";
import { TotalsLine } from "./Totals.tsx";
import { useInside } from "./useInside.ts";
import { wayInto } from "./way.ts";

/** From here on only the rows in sight are drawn. */
export const VIRTUAL_FROM = 50;
const ROW_HEIGHT = 41;
const FRAME = 44;

export interface GridTableProps {
  readonly meta: FieldMeta;
  /** The path of the list: `lines`, or inside a row `lines/r3/items`. */
  readonly list: string;
  readonly columns: readonly GridColumn[];
  /** Draws the sub-tables inside a row, which opens to show them; null where rows have none. */
  readonly inner: DrawInner | null;
  readonly summed: readonly FieldMeta[];
  /** Rows may be added and taken away. */
  readonly open: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

export function GridTable({ meta, list, columns, inner, summed, open, onKeyDown, onPaste }: GridTableProps) {
  const { t } = useTranslation("form");
  const { store, revealer } = useForm();
  const rows = useRows(list);
  const box = useRef<HTMLElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const fold = (row: string, shown: boolean) => setUnfolded((before) => (shown ? new Set(before).add(row) : new Set([...before].filter((one) => one !== row))));
  useInside(box, "keydown", onKeyDown);
  useInside(box, "paste", onPaste);
  const large = rows.length > VIRTUAL_FROM;
  const virtual = useVirtualizer({
    count: large ? rows.length : 0,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index] ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialRect: { width: 1000, height: 600 },
  });
  const show = useEffectEvent((path: string) => {
    const way = wayInto(list, path);
    if (way === null) return;
    if (large) virtual.scrollToIndex(store.rows(list).indexOf(way.row), { align: "center" });
    if (way.deeper) fold(way.row, true);
  });
  useEffect(() => revealer.register((path) => show(path)), [revealer]);
  const items = virtual.getVirtualItems();
  const shown = large ? items.map((item) => item.index) : rows.map((_, index) => index);
  const before = large ? (items[0]?.start ?? 0) : 0;
  const after = large ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const measure: RefCallback<HTMLElement> | undefined = large && inner !== null ? virtual.measureElement : undefined;
  const width = columns.reduce((sum, column) => sum + column.width, FRAME + (open ? 3 * FRAME : 0));
  return (
    <section ref={box} data-list={list} className={large ? "grid-box grid-large" : "grid-box"} data-testid={`grid-${list}`} aria-label={t("grid.scroll", { table: meta.title })} tabIndex={open ? undefined : 0}>
      <table className={open ? "grid" : "grid grid-read"} style={open ? { minWidth: width } : undefined} aria-label={meta.title} aria-rowcount={rows.length}>
        <colgroup>
          <col style={{ width: FRAME + (inner === null ? 0 : 20) }} />
          {columns.map((column) => (
            <col key={column.meta.name} style={{ width: column.width }} />
          ))}
          {open && <col style={{ width: 3 * FRAME }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="grid-number">
              #
            </th>
            {columns.map(({ meta: field, end }) => (
              <th key={field.name} scope="col" className={end ? "fw-end" : undefined} title={field.help ?? undefined}>
                {field.title}
                {field.unit && field.type !== "duration" && <span className="fw-muted"> ({field.unit})</span>}
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
        <Spacer height={before} />
        {shown.map((index) => {
          const row = rows[index];
          return row === undefined ? null : <GridRow key={row} list={list} row={row} index={index} columns={columns} inner={inner} open={open} unfolded={unfolded.has(row)} onFold={fold} measure={measure} />;
        })}
        <Spacer height={after} />
        {summed.length > 0 && rows.length > 0 && <TotalsLine table={list} columns={columns} summed={summed} tail={open} />}
      </table>
    </section>
  );
}

/** The height of the rows that are not drawn. */
function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tbody aria-hidden="true">
      <tr style={{ height }} />
    </tbody>
  ) : null;
}
