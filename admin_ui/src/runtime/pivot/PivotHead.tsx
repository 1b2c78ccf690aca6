import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/Button.tsx";
import type { PivotData } from "./data.ts";
import type { HeadCell, Placed } from "./grid.ts";

interface PivotHeadProps {
  data: PivotData;
  heads: readonly (readonly HeadCell[])[];
  columns: readonly Placed[];
  closed: ReadonlySet<string>;
  onToggle: (group: string) => void;
}

/** One row of heads for each axis of the columns, and one for the values where there are several. */
export function PivotHead({ data, heads, columns, closed, onToggle }: PivotHeadProps) {
  const { t } = useTranslation("pivot");
  const named = data.values.length > 1 || heads.length === 0;
  const corner = data.rows.axes.map((axis) => axis.title).join(" / ");
  const only = named ? "" : (data.values[0]?.title ?? "");
  const first = (
    <th scope="col" rowSpan={heads.length + (named ? 1 : 0)} className="pivot-corner">
      {[corner, only].filter((text) => text !== "").join(" · ") || t("all")}
    </th>
  );
  return (
    <thead>
      {heads.map((row, level) => (
        <tr key={data.columns.axes[level]?.name}>
          {level === 0 && first}
          {row.map((cell) => (
            <th key={cell.id} scope={cell.lines * data.values.length > 1 ? "colgroup" : "col"} colSpan={cell.lines * data.values.length} rowSpan={cell.rows} className={cell.label === null ? "pivot-sum" : undefined}>
              <span className="pivot-head-name">
                {cell.group !== null && <IconButton icon={closed.has(cell.group) ? "right" : "down"} size="s" label={t(closed.has(cell.group) ? "open_group" : "close_group", { name: cell.label })} aria-expanded={!closed.has(cell.group)} onClick={() => onToggle(cell.group ?? "")} />}
                {cell.label === null ? t(cell.depth === 0 ? "total" : "subtotal") : cell.label || t("blank")}
              </span>
            </th>
          ))}
        </tr>
      ))}
      {named && (
        <tr>
          {heads.length === 0 && first}
          {columns.flatMap(({ line, place }) =>
            data.values.map((value) => (
              <th key={`${place} ${value.name}`} scope="col" className={line.keys.length < heads.length ? "pivot-sum" : undefined}>
                {value.title}
              </th>
            )),
          )}
        </tr>
      )}
    </thead>
  );
}
