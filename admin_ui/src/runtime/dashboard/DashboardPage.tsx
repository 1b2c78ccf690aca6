import { useMemo, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { useTranslation } from "react-i18next";
import type { Widget } from "../../api/figures.ts";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { DashboardFilters, type Chosen } from "./DashboardFilters.tsx";
import { DrillDrawer } from "./DrillDrawer.tsx";
import type { Cell } from "./series.ts";
import { useDashboard, type Where } from "./useFigures.ts";
import { WidgetCard } from "./WidgetCard.tsx";
import "./dashboard.css";

/** Chosen dimensions in the address: `?project=<id>~<label>`, so that a link shows the same figures. */
function readChosen(params: URLSearchParams): Chosen {
  const entries = [...params].map(([dimension, text]) => {
    const [id = "", ...label] = text.split("~");
    return [dimension, { id, label: label.join("~") || id }] as const;
  });
  return Object.fromEntries(entries);
}

function writeChosen(chosen: Chosen): Record<string, string> {
  return Object.fromEntries(Object.entries(chosen).map(([name, { id, label }]) => [name, label === id ? id : `${id}~${label}`]));
}

export function DashboardPage() {
  const { dashboard = "" } = useParams();
  const { t } = useTranslation("dashboard");
  const [params, setParams] = useSearchParams();
  const query = useDashboard(dashboard);
  const [drill, setDrill] = useState<{ widget: Widget; cell: Cell } | null>(null);
  const chosen = useMemo(() => readChosen(params), [params]);
  const where = useMemo((): Where => Object.fromEntries(Object.entries(chosen).map(([name, { id }]) => [name, id])), [chosen]);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  const { title, filters, widgets } = query.data;
  return (
    <Page title={title}>
      <DashboardFilters filters={filters} chosen={chosen} onChange={(next) => setParams(writeChosen(next), { replace: true })} />
      {widgets.length === 0 && <Empty icon="dashboard" title={t("empty")} />}
      <div className="widgets">
        {widgets.map((widget) => (
          <WidgetCard key={widget.name} widget={widget} where={where} onCell={(from, cell) => setDrill({ widget: from, cell })} />
        ))}
      </div>
      {drill !== null && <DrillDrawer title={t("behind", { title: drill.widget.title })} measure={drill.cell.measure} where={{ ...where, ...drill.cell.keys }} onClose={() => setDrill(null)} />}
    </Page>
  );
}
