import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { RecordData } from "../../api/types.ts";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { CellValue } from "./CellValue.tsx";
import { valueAt, type ListColumn } from "./columns.ts";
import { HeadCell } from "./HeadCell.tsx";
import { TotalsRow } from "./TotalsRow.tsx";
import type { Selection } from "./useSelection.ts";
import { useWidths } from "./useWidths.ts";
import { columnWidths } from "./widths.ts";

export interface ListProps {
  entity: string;
  view: string;
  label: string;
  columns: readonly ListColumn[];
  rows: readonly RecordData[];
  totals: Record<string, string | null> | null;
  sort: readonly string[];
  onSort: (field: string, keepOthers: boolean) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
  /** Null where nothing can be done with many at once. */
  selection: Selection | null;
}

/** The column of the boxes, in pixels. */
const BOX = 40;

/** Up to here all rows are drawn; beyond, only those in sight. */
const ALL = 60;

function useRows(count: number, height: number, hasMore: boolean, onMore: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && last >= count - 10) onMore();
  }, [hasMore, last, count, onMore]);
  const whole = count <= ALL;
  const first = whole ? 0 : (items[0]?.index ?? 0);
  const end = whole ? count : last + 1;
  return { scroller, first, end, above: first * height, below: Math.max(0, (count - end) * height) };
}

/** The list on a wide screen: frozen head and first column, totals at the bottom, rows drawn as they are seen. */
export function ListTable(props: ListProps) {
  const { entity, view, label, columns, rows, totals, sort, onSort, hasMore, loadingMore, onMore, selection } = props;
  const { t } = useTranslation("table");
  const navigate = useNavigate();
  const { widths, resize } = useWidths(view);
  const height = document.documentElement.dataset["density"] === "compact" ? 32 : 40;
  const { scroller, first, end, above, below } = useRows(rows.length, height, hasMore, onMore);
  const natural = useMemo(() => columnWidths(columns, rows, totals), [columns, rows, totals]);
  const widthOf = (column: ListColumn) => widths[column.field] ?? natural.get(column.field) ?? column.width;
  return (
    <section className="list-scroll" ref={scroller} aria-label={label}>
      <table className="list-table" aria-label={label} aria-rowcount={hasMore ? -1 : rows.length + 1} style={{ width: columns.reduce((sum, column) => sum + widthOf(column), selection ? BOX : 0) }}>
        <colgroup>
          {selection && <col style={{ width: BOX }} />}
          {columns.map((column) => (
            <col key={column.field} style={{ width: widthOf(column) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {selection && (
              <th className="list-box">
                <Checkbox label={t("select_all")} labelHidden checked={rows.every((row) => selection.has(row.id))} onChange={selection.toggleLoaded} />
              </th>
            )}
            {columns.map((column) => (
              <HeadCell key={column.field} column={column} width={widthOf(column)} sort={sort} onSort={onSort} onResize={resize} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
          {rows.slice(first, end).map((row, offset) => {
            const to = `/r/${entity}/${row.id}`;
            return (
              <tr key={row.id} aria-rowindex={first + offset + 2} className={selection?.has(row.id) ? "list-row list-row-chosen" : "list-row"} aria-selected={selection ? selection.has(row.id) : undefined} onClick={() => void navigate(to)}>
                {selection && <BoxCell row={row} name={String(row.values[columns[0]?.field ?? ""] ?? row.id)} selection={selection} />}
                {columns.map((column, index) => {
                  const cell = <CellValue path={column.field} type={column.type} scale={column.scale} meta={column.meta} value={valueAt(row, column.field)} labels={row.labels} />;
                  return (
                    <td key={column.field} className={column.numeric ? "list-end" : undefined}>
                      {index === 0 ? (
                        <Link to={to} onClick={(event) => event.stopPropagation()}>
                          {cell}
                        </Link>
                      ) : (
                        cell
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
        </tbody>
        {totals !== null && <TotalsRow columns={columns} totals={totals} boxed={selection !== null} />}
      </table>
      {loadingMore && <output className="list-more">{t("loading_more")}</output>}
    </section>
  );
}

/** The box of a row; with Shift all rows from the last one. Pressing it does not open the record. */
function BoxCell({ row, name, selection }: { row: RecordData; name: string; selection: Selection }) {
  const { t } = useTranslation("table");
  const range = useRef(false);
  return (
    <td
      className="list-box"
      onClick={(event) => event.stopPropagation()}
      onClickCapture={(event) => {
        range.current = event.shiftKey;
      }}
      onKeyDownCapture={(event) => {
        range.current = event.shiftKey;
      }}
    >
      <Checkbox label={t("select_row", { title: name })} labelHidden checked={selection.has(row.id)} onChange={() => selection.toggle(row.id, range.current)} />
    </td>
  );
}
