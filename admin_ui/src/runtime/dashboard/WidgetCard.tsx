import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Figure, Widget } from "../../api/figures.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Alerts } from "./Alerts.tsx";
import { FigureTable } from "./FigureTable.tsx";
import { KpiWidget } from "./KpiWidget.tsx";
import { gridOf, type Cell } from "./series.ts";
import { useFigures, type Where } from "./useFigures.ts";

const ChartCanvas = lazy(() => import("./ChartCanvas.tsx"));

interface WidgetCardProps {
  widget: Widget;
  where: Where;
  onCell: (widget: Widget, cell: Cell) => void;
}

/** A widget with its title, its states, and the table behind its chart. */
export function WidgetCard({ widget, where, onCell }: WidgetCardProps) {
  const { t } = useTranslation("dashboard");
  const [asTable, setAsTable] = useState(false);
  const { figures, pending, error, retry } = useFigures(widget, where);
  const press = (cell: Cell) => onCell(widget, cell);
  const chart = widget.kind === "chart";
  return (
    <section className="widget fw-card" style={{ gridColumn: `span ${Math.min(12, widget.width ?? 4)}` }} aria-label={widget.title} data-testid={`widget-${widget.name}`}>
      <header className="fw-row">
        <h2 className="fw-grow widget-title">{widget.title}</h2>
        {chart && (
          <Button size="s" variant="ghost" icon={asTable ? "chart" : "table"} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? "as_chart" : "as_table")}
          </Button>
        )}
      </header>
      {error !== null && <ErrorState error={error} onRetry={retry} />}
      {error === null && pending && <Skeleton lines={widget.kind === "kpi" ? 1 : 5} />}
      {error === null && !pending && widget.kind === "kpi" && <KpiWidget widget={widget} figures={figures} onCell={press} />}
      {error === null && !pending && chart && !asTable && <Chart widget={widget} figures={figures} onCell={press} />}
      {error === null && !pending && (widget.kind === "table" || (chart && asTable)) && <FigureTable widget={widget} figures={figures} split={chart} onCell={press} />}
      {error === null && <Alerts figures={figures} />}
      {error === null && figures.some((figure) => figure.more === true) && <p className="fw-small fw-muted">{t("limited", { count: widget.limit ?? 0 })}</p>}
    </section>
  );
}

function Chart({ widget, figures, onCell }: { widget: Widget; figures: readonly Figure[]; onCell: (cell: Cell) => void }) {
  const { t } = useTranslation("dashboard");
  const grid = useMemo(() => gridOf(figures, widget.by ?? [], true), [figures, widget.by]);
  const request = useMemo(
    () => ({
      kind: widget.chart ?? "bar",
      percent: widget.format === "percent",
      scale: figures[0]?.scale ?? null,
      unit: figures[0]?.unit ?? (widget.format === "money" ? t("yuan") : ""),
      categoryTitle: figures[0]?.dimensions.find((one) => one.name === widget.by?.[0])?.title ?? "",
    }),
    [widget, figures, t],
  );
  if (grid.categories.length === 0) return <Empty icon="chart" title={t("none")} />;
  return (
    <Suspense fallback={<Skeleton lines={5} />}>
      <ChartCanvas label={widget.title} grid={grid} request={request} onCell={onCell} />
    </Suspense>
  );
}
