import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../../core/form/types.ts";
import { useForm } from "../FormContext.ts";
import { ReadValue } from "../ReadValue.tsx";
import type { GridColumn } from "./columns.ts";
import { useTotal } from "./useTotals.ts";

function Total({ table, meta }: { table: string; meta: FieldMeta }) {
  const { store } = useForm();
  return <ReadValue meta={meta} value={useTotal(store, table, meta.name)} label={null} inCell />;
}

/** The last line of the table: sums of the columns whose sum means something. */
export function TotalsLine({ table, columns, summed, tail }: { table: string; columns: readonly GridColumn[]; summed: readonly FieldMeta[]; tail: boolean }) {
  const { t } = useTranslation("form");
  return (
    <tfoot>
      <tr>
        <th scope="row" className="grid-number">
          {t("grid.total")}
        </th>
        {columns.map(({ meta, end }) => (
          <td key={meta.name} className={end ? "fw-end" : undefined} aria-live={summed.includes(meta) ? "polite" : undefined}>
            {summed.includes(meta) && <Total table={table} meta={meta} />}
          </td>
        ))}
        {tail && <td>{"\u00a0"}</td>}
      </tr>
    </tfoot>
  );
}

/** The same below the cards of a phone. */
export function TotalsList({ table, summed }: { table: string; summed: readonly FieldMeta[] }) {
  const { t } = useTranslation("form");
  if (summed.length === 0) return null;
  return (
    <dl className="grid-totals" aria-live="polite">
      {summed.map((meta) => (
        <div key={meta.name} className="fw-row">
          <dt className="fw-grow fw-muted">{t("grid.total_of", { field: meta.title })}</dt>
          <dd>
            <Total table={table} meta={meta} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
