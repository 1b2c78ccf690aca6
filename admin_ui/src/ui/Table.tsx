import type { ReactNode } from "react";
import "./Table.css";

export interface TableColumn<T> {
  key: string;
  title: ReactNode;
  /** Pixels; what is left over is shared. */
  width?: number | undefined;
  align?: "start" | "end" | undefined;
  render: (row: T) => ReactNode;
  /** Cell of the totals line. */
  foot?: ReactNode;
}

export interface TableProps<T> {
  /** Name of the table for those who do not see it. */
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  onRow?: ((row: T) => void) | undefined;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
}

/** What scrolls sideways can be scrolled with the keyboard too. */
export function reachable(box: HTMLElement | null): void {
  if (box !== null && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

/** A plain table for up to some hundred rows. (Lists of records use runtime/table, which draws only what is seen.) */
export function Table<T>({ label, columns, rows, rowKey, onRow, empty }: TableProps<T>) {
  const side = (column: TableColumn<T>) => (column.align === "end" ? "fw-end" : undefined);
  return (
    <section className="fw-table-box" aria-label={label} ref={reachable}>
      <table className="fw-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={side(column)} style={{ width: column.width }}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={onRow === undefined ? undefined : "fw-table-link"} onClick={onRow && (() => onRow(row))}>
              {columns.map((column) => (
                <td key={column.key} className={side(column)}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} className="fw-muted">
                {empty ?? "—"}
              </td>
            </tr>
          )}
        </tbody>
        {columns.some((column) => column.foot !== undefined) && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.key} className={side(column)}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
