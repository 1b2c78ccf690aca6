import { useTranslation } from "react-i18next";
import type { Figure, Widget } from "../../api/figures.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { levelOf } from "./levels.ts";
import { gridOf, type Cell, type Grid } from "./series.ts";

interface FigureTableProps {
  widget: Widget;
  figures: readonly Figure[];
  /** One column a value of the last dimension, as the chart has it. */
  split: boolean;
  onCell: (cell: Cell) => void;
}

type Line = { category: Grid["categories"][number]; index: number };

/** The exact figures: a row a category, a column a series; each opens down to its documents. */
export function FigureTable({ widget, figures, split, onCell }: FigureTableProps) {
  const { t } = useTranslation("dashboard");
  const grid = gridOf(figures, widget.by ?? [], split);
  const percent = widget.format === "percent";
  const scale = figures[0]?.scale ?? (widget.format === "money" ? 2 : null);
  const head: TableColumn<Line> = {
    key: "category",
    title: figures[0]?.dimensions.find((one) => one.name === widget.by?.[0])?.title ?? "",
    render: (line) => line.category.label,
    foot: t("total"),
  };
  const columns = grid.series.map((series, at): TableColumn<Line> => {
    const total = grid.series.length === figures.length ? figures[at]?.total : undefined;
    return {
      key: series.name,
      title: series.name,
      align: "end",
      render: ({ index }) => <FigureCell cell={series.cells[index] ?? null} widget={widget} scale={scale} percent={percent} onCell={onCell} />,
      foot: total === undefined || total === null ? undefined : <Amount value={total} scale={scale} percent={percent} />,
    };
  });
  const lines = grid.categories.map((category, index) => ({ category, index }));
  return <Table label={widget.title} columns={[head, ...columns]} rows={lines} rowKey={(line) => line.category.key} empty={t("none")} />;
}

interface FigureCellProps {
  cell: Cell | null;
  widget: Widget;
  scale: number | null;
  percent: boolean;
  onCell: (cell: Cell) => void;
}

function FigureCell({ cell, widget, scale, percent, onCell }: FigureCellProps) {
  const { t } = useTranslation("dashboard");
  if (cell === null || cell.value === null) return <span className="fw-muted">—</span>;
  const level = levelOf(widget.levels, cell.value);
  return (
    <>
      {level !== null && <Tag tone={level.tone}>{t(`level.${level.tone}`, { defaultValue: level.tone })}</Tag>}
      {cell.alerts?.map((one) => (
        <span key={one.limit} title={one.text}>
          <Tag tone={one.severity}>{t(`raised.${one.severity}`)}</Tag>
        </span>
      ))}{" "}
      <button type="button" className="figure-link" onClick={() => onCell(cell)} title={t("open")}>
        <Amount value={cell.value} scale={scale} percent={percent} />
      </button>
    </>
  );
}
