import { useState, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { reachable } from "../../ui/Table.tsx";
import type { Condition } from "../table/filter.ts";
import type { PivotData } from "./data.ts";
import { groupsOf, headRows, openLines } from "./grid.ts";
import { PivotHead } from "./PivotHead.tsx";
import { PivotRow } from "./PivotRow.tsx";

const AT_ONCE = 300;
const NONE: ReadonlySet<string> = new Set();

interface PivotTableProps {
  label: string;
  data: PivotData;
  busy: boolean;
  onOpen: (where: readonly Condition[]) => void;
}

function toggled(closed: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const next = new Set(closed);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** Groups that open and close, heads and first column that stay in sight; each figure opens its records. */
export function PivotTable({ label, data, busy, onOpen }: PivotTableProps) {
  const { t } = useTranslation("pivot");
  const [closedRows, setClosedRows] = useState(NONE);
  const [closedColumns, setClosedColumns] = useState(NONE);
  const [most, setMost] = useState(AT_ONCE);
  const across = data.columns.axes.length;
  const groups = groupsOf(data.rows.lines, data.rows.axes.length);
  const rows = openLines(data.rows.lines, closedRows);
  const columns = openLines(data.columns.lines, closedColumns);
  const heads = headRows(columns.map(({ line }) => line), across, new Set(groupsOf(data.columns.lines, across)));
  return (
    <>
      {groups.length > 0 && (
        <div className="pivot-tools">
          <Button size="s" onClick={() => setClosedRows(new Set(groups))}>
            {t("close_all")}
          </Button>
          <Button size="s" onClick={() => setClosedRows(NONE)}>
            {t("open_all")}
          </Button>
        </div>
      )}
      <section className="pivot-scroll" aria-label={label} aria-busy={busy} ref={reachable}>
        <table className="pivot-table" aria-label={label} style={{ "--heads": heads.length } as CSSProperties}>
          <PivotHead data={data} heads={heads} columns={columns} closed={closedColumns} onToggle={(group) => setClosedColumns(toggled(closedColumns, group))} />
          <tbody>
            {rows.slice(0, most).map((row, at) => (
              <PivotRow key={row.place} data={data} row={row} at={at} columns={columns} closed={closedRows} onToggle={(group) => setClosedRows(toggled(closedRows, group))} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
        {rows.length > most && (
          <Button className="pivot-more" onClick={() => setMost(most + AT_ONCE)}>
            {t("more", { count: rows.length - most })}
          </Button>
        )}
      </section>
    </>
  );
}
