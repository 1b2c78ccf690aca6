import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { RecordData } from "../../api/types.ts";
import { CellValue } from "./CellValue.tsx";
import { valueAt, type ListColumn } from "./columns.ts";
import { HeadCell } from "./HeadCell.tsx";
import { TotalsRow } from "./TotalsRow.tsx";
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
}

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
  const { entity, view, label, columns, rows, totals, sort, onSort, hasMore, loadingMore, onMore } = props;
  const { t } = useTranslation("table");
  const navigate = useNavigate();
  const { widths, resize } = useWidths(view);
  const height = document.documentElement.dataset["density"] === "compact" ? 32 : 40;
  const { scroller, first, end, above, below } = useRows(rows.length, height, hasMore, onMore);
  const natural = useMemo(() => columnWidths(columns, rows, totals), [columns, rows, totals]);
  const widthOf = (column: ListColumn) => widths[column.field] ?? natural.get(column.field) ?? column.width;
  return (
    <section className="list-scroll" ref={scroller} aria-label={label}>
      <table className="list-table" aria-label={label} aria-rowcount={hasMore ? -1 : rows.length + 1} style={{ width: columns.reduce((sum, column) => sum + widthOf(column), 0) }}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.field} style={{ width: widthOf(column) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
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
              <tr key={row.id} aria-rowindex={first + offset + 2} className="list-row" onClick={() => void navigate(to)}>
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
        {totals !== null && <TotalsRow columns={columns} totals={totals} />}
      </table>
      {loadingMore && <output className="list-more">{t("loading_more")}</output>}
    </section>
  );
}
