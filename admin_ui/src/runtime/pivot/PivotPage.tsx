import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { requestFile, save } from "../../api/download.ts";
import type { EntityMeta, ViewMeta } from "../../api/meta.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Empty, ErrorState, Notice, Skeleton } from "../../ui/States.tsx";
import { readAddress, writeAddress } from "../table/address.ts";
import { listFields } from "../table/columns.ts";
import { NO_FILTER, type Condition, type Group } from "../table/filter.ts";
import { FilterChips } from "../table/FilterChips.tsx";
import { FilterDialog } from "../table/FilterDialog.tsx";
import { SearchBox } from "../table/SearchBox.tsx";
import { bodyOf, usePivot, type PivotData } from "./data.ts";
import { LayoutDialog } from "./LayoutDialog.tsx";
import { NO_LAYOUT, readLayout, writeLayout, type Layout, type Shown } from "./layout.ts";
import { PivotTable } from "./PivotTable.tsx";
import "../table/list.css";
import "./pivot.css";

interface PivotPageProps {
  viewKey: string;
  title: string;
  meta: EntityMeta;
  view: ViewMeta;
}

/** What is on the page, said in full: what the dialog begins with. */
function shownOf(data: PivotData): Shown {
  const axes = (side: "rows" | "columns") => data[side].axes.map(({ field, by }) => ({ field, by }));
  return { rows: axes("rows"), columns: axes("columns"), values: data.values.map(({ fn, field }) => ({ fn, field })), totals: data.totals, sort: data.sort };
}

/** Records summed up; rows, columns, values, filter and order are in the address. */
export function PivotPage({ viewKey, title, meta, view }: PivotPageProps) {
  const { t } = useTranslation(["pivot", "table"]);
  const line = useProblemLine();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [dialog, setDialog] = useState<"layout" | "filter" | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { q, filter } = readAddress(params);
  const layout = readLayout(params);
  const fields = listFields(meta);
  const body = bodyOf(view.name, q, filter, layout);
  const pivot = usePivot(meta.key, body);
  const data = pivot.data;
  const change = (next: { q?: string; filter?: Group }, to: Layout = layout) => {
    setDialog(null);
    setParams(writeLayout(writeAddress({ q, filter, sort: [], columns: [], ...next }), to), { replace: true });
  };
  const open = (where: readonly Condition[]) => {
    const items = filter.join === "and" ? [...filter.items, ...where] : [filter, ...where];
    const address = writeAddress({ q, filter: { join: "and", items }, sort: [], columns: [] });
    address.set("as", "list");
    void navigate(`/v/${viewKey}?${address}`, { state: { pivot: params.toString() } });
  };
  const take = async () => {
    setBusy(true);
    try {
      const found = await requestFile(`/exports/${meta.key}/pivot`, body);
      if ("file" in found) save(found.file, found.name);
      setFailure(null);
    } catch (error) {
      setFailure(line(error));
    } finally {
      setBusy(false);
    }
  };
  const nothing = data !== undefined && data.rows.axes.length + data.columns.axes.length > 0 && data.cells.flat().every((cell) => cell === null || cell.every((one) => one === null || one === 0 || one === "0"));
  return (
    <Page
      title={title}
      width="fill"
      actions={
        <>
          {meta.actions.includes("export") && (
            <Button icon="file" busy={busy} disabled={data === undefined || nothing} onClick={() => void take()}>
              {t("excel")}
            </Button>
          )}
          <Button variant="primary" icon="columns" onClick={() => setDialog("layout")} disabled={data === undefined && !pivot.isError}>
            {t("layout")}
          </Button>
        </>
      }
    >
      <div className="list-bar">
        <SearchBox value={q} onChange={(next) => change({ q: next })} />
        <Button icon="filter" onClick={() => setDialog("filter")}>
          {t("table:filter.title")}
        </Button>
        <FilterChips fields={fields} filter={filter} onChange={(next) => change({ filter: next })} onEdit={() => setDialog("filter")} />
      </div>
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      {pivot.isPending && <Skeleton lines={10} />}
      {pivot.isError && <ErrorState error={pivot.error} onRetry={() => void pivot.refetch()} />}
      {pivot.isError && params.size > 0 && <Button className="pivot-reset" onClick={() => setParams(new URLSearchParams(), { replace: true })}>{t("reset")}</Button>}
      {!pivot.isError && nothing && (
        <Empty icon="chart" title={t("empty")}>
          {(q !== "" || filter.items.length > 0) && <Button onClick={() => change({ q: "", filter: NO_FILTER })}>{t("table:widen")}</Button>}
        </Empty>
      )}
      {!pivot.isError && data !== undefined && !nothing && <PivotTable key={JSON.stringify(layout)} label={title} data={data} busy={pivot.isFetching} onOpen={open} />}
      {dialog === "filter" && <FilterDialog fields={fields} filter={filter} onApply={(next) => change({ filter: next })} onClose={() => setDialog(null)} />}
      {dialog === "layout" && (
        <LayoutDialog
          fields={fields}
          titles={new Map([...(data?.rows.axes ?? []), ...(data?.columns.axes ?? [])].map((axis) => [axis.field, axis]))}
          shown={data === undefined ? { rows: [], columns: [], values: [{ fn: "count", field: "" }], totals: [], sort: "" } : shownOf(data)}
          onApply={(next) => change({}, next)}
          onReset={() => change({}, NO_LAYOUT)}
          onClose={() => setDialog(null)}
        />
      )}
    </Page>
  );
}
