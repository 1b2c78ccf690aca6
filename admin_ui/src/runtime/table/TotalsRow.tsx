import { useTranslation } from "react-i18next";
import { Amount } from "../../ui/Amount.tsx";
import type { ListColumn } from "./columns.ts";

/** Totals of the whole list as filtered, not only of the rows loaded so far. */
export function TotalsRow({ columns, totals, boxed }: { columns: readonly ListColumn[]; totals: Record<string, string | null>; boxed: boolean }) {
  const { t } = useTranslation("table");
  return (
    <tfoot data-testid="totals">
      <tr>
        {columns.map((column, index) => {
          const value = totals[column.field] ?? totals[`${column.field}:${column.total}`];
          return (
            <td key={column.field} colSpan={boxed && index === 0 ? 2 : undefined} className={column.numeric ? "list-end" : undefined}>
              {index === 0 && value === undefined && t("total")}
              {value !== undefined && <Amount value={value} scale={column.type === "money" ? (column.scale ?? 2) : column.scale} percent={column.type === "percent"} />}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}
