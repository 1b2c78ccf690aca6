import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/Button.tsx";
import type { Condition } from "../table/filter.ts";
import type { LineData, PivotData } from "./data.ts";
import { idOf, type Placed } from "./grid.ts";
import { PivotCell } from "./PivotCell.tsx";

interface PivotRowProps {
  data: PivotData;
  row: Placed;
  /** Its number among the rows that are drawn. */
  at: number;
  columns: readonly Placed[];
  closed: ReadonlySet<string>;
  onToggle: (group: string) => void;
  onOpen: (where: readonly Condition[]) => void;
}

function whereOf(row: LineData, column: LineData): Condition[] | null {
  return row.where === null || column.where === null ? null : [...row.where, ...column.where];
}

/** One row: its name, indented as deep as it lies, and its figures. */
export function PivotRow({ data, row: { line, place }, at, columns, closed, onToggle, onOpen }: PivotRowProps) {
  const { t } = useTranslation("pivot");
  const [depth, across, count] = [data.rows.axes.length, data.columns.axes.length, data.values.length];
  const id = idOf(line.keys);
  const isTotal = line.keys.length === 0;
  const isGroup = !isTotal && line.keys.length < depth;
  const isOpen = !closed.has(id);
  const name = isTotal ? t(depth === 0 ? "all" : "total") : line.labels.at(-1) || t("blank");
  return (
    <tr className={isTotal ? "pivot-total" : isGroup ? "pivot-group" : undefined}>
      <th scope="row">
        <span className="pivot-name" style={{ "--level": Math.max(0, line.keys.length - 1) } as CSSProperties}>
          {isGroup ? <IconButton icon={isOpen ? "down" : "right"} size="s" label={t(isOpen ? "close_group" : "open_group", { name })} aria-expanded={isOpen} onClick={() => onToggle(id)} /> : <span className="pivot-leaf" />}
          <span className="pivot-label">{name}</span>
        </span>
      </th>
      {columns.flatMap((column, number) =>
        data.values.map((value, which) => (
          <PivotCell
            key={`${column.place} ${value.name}`}
            at={[at, number * count + which]}
            first={at === 0 && number === 0 && which === 0}
            value={value}
            total={column.line.keys.length < across}
            figure={data.cells[place]?.[column.place]?.[which] ?? null}
            where={whereOf(line, column.line)}
            onOpen={onOpen}
          />
        )),
      )}
    </tr>
  );
}
