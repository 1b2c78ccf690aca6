import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { CellValue } from "./CellValue.tsx";
import { valueAt, type ListColumn } from "./columns.ts";
import type { ListProps } from "./ListTable.tsx";
import type { RecordData } from "../../api/types.ts";

const SHOWN = 6;

function Cell({ row, column }: { row: RecordData; column: ListColumn }) {
  return <CellValue path={column.field} type={column.type} scale={column.scale} meta={column.meta} value={valueAt(row, column.field)} labels={row.labels} />;
}

/** The list on a phone: each row a card; off-screen cards cost nothing (content-visibility). */
export function ListCards({ entity, label, columns, rows, totals, hasMore, loadingMore, onMore, selection }: ListProps) {
  const { t } = useTranslation("table");
  const end = useRef<HTMLDivElement>(null);
  const [head, ...others] = columns;
  const status = others.find((column) => column.field === "status");
  useEffect(() => {
    if (end.current === null || typeof IntersectionObserver === "undefined") return undefined;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && hasMore && onMore(), { rootMargin: "400px" });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [hasMore, onMore]);
  if (head === undefined) return null;
  return (
    <div className="list-cards-box">
      <ul className="list-cards" aria-label={label}>
        {rows.map((row) => (
          <li key={row.id} className={selection ? "list-card-chosen" : undefined}>
            {selection && <Checkbox label={t("select_row", { title: String(row.values[head.field] ?? row.id) })} labelHidden checked={selection.has(row.id)} onChange={() => selection.toggle(row.id, false)} />}
            <Link to={`/r/${entity}/${row.id}`} className="list-card fw-card">
              <span className="fw-row">
                <strong className="fw-grow">
                  <Cell row={row} column={head} />
                </strong>
                {status !== undefined && <Cell row={row} column={status} />}
              </span>
              {others
                .filter((column) => column !== status)
                .slice(0, SHOWN)
                .map((column) => (
                  <span key={column.field} className="list-card-line">
                    <span className="fw-muted">{column.title}</span>
                    <span className="list-card-value">
                      <Cell row={row} column={column} />
                    </span>
                  </span>
                ))}
            </Link>
          </li>
        ))}
      </ul>
      <div ref={end}>{hasMore && <Button busy={loadingMore} onClick={onMore}>{t("more")}</Button>}</div>
      {totals !== null && (
        <div className="list-cards-totals" data-testid="totals">
          <span>{t("total")}</span>
          {columns
            .filter((column) => totals[column.field] !== undefined)
            .map((column) => (
              <span key={column.field}>
                {column.title} <Amount value={totals[column.field]} scale={column.type === "money" ? (column.scale ?? 2) : column.scale} percent={column.type === "percent"} />
              </span>
            ))}
        </div>
      )}
    </div>
  );
}
