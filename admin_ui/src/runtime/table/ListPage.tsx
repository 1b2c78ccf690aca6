import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import type { EntityMeta, ViewMeta } from "../../api/meta.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { usePhone } from "../../ui/useMedia.ts";
import { FIRST_STATE, nextSort, readAddress, writeAddress, type ListState } from "./address.ts";
import { ColumnDialog } from "./ColumnDialog.tsx";
import { listColumns, listFields } from "./columns.ts";
import { FilterChips } from "./FilterChips.tsx";
import { FilterDialog } from "./FilterDialog.tsx";
import { ListCards } from "./ListCards.tsx";
import { ListFiles } from "./ListFiles.tsx";
import { ListMore } from "./ListMore.tsx";
import { ListTable } from "./ListTable.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { BackToPivot } from "./BackToPivot.tsx";
import { bulkActions, SelectionBar } from "./SelectionBar.tsx";
import { useList } from "./useList.ts";
import { useSelection } from "./useSelection.ts";
import "./list.css";
import "./selection.css";

interface ListPageProps {
  viewKey: string;
  title: string;
  meta: EntityMeta;
  view: ViewMeta | null;
}

/** Search, chips, filter and columns; all of it lives in the address. */
export function ListPage({ viewKey, title, meta, view }: ListPageProps) {
  const { t } = useTranslation("table");
  const navigate = useNavigate();
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const [dialog, setDialog] = useState<"filter" | "columns" | null>(null);
  const state = readAddress(params);
  const columns = listColumns(meta, view, state.columns);
  const fields = listFields(meta);
  // A filter may ask by a path through a reference: the view says what it is called.
  const named = [...fields, ...(view?.columns ?? []).filter((column) => column.field.includes(".")).map(({ field, title: called, type }) => ({ name: field, title: called, type, control: type }))];
  const { list, rows, totals } = useList(meta.key, view?.name ?? "", state, columns);
  const { fetchNextPage, isFetchingNextPage } = list;
  const selection = useSelection(`${viewKey} ${state.q} ${JSON.stringify(state.filter)}`, rows);
  const [selecting, setSelecting] = useState(false);
  const selects = bulkActions(meta).length > 0;
  const change = (next: Partial<ListState>) => {
    setDialog(null);
    const address = writeAddress({ ...state, ...next });
    // The list behind the figures of a pivot stays one.
    if (params.has("as")) address.set("as", params.get("as") ?? "");
    setParams(address, { replace: true });
  };
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const create = meta.actions.includes("create") && (
    <Button variant="primary" icon="plus" onClick={() => void navigate(`/r/${meta.key}/new`)} data-testid="new-record">
      {t("new", { title: meta.title })}
    </Button>
  );
  const shown = { entity: meta.key, view: viewKey, label: title, columns, rows, totals, sort: state.sort.length > 0 ? state.sort : (view?.sort ?? []), hasMore: list.hasNextPage, loadingMore: list.isFetchingNextPage, selection: selects && (!phone || selecting) ? selection : null };
  const List = phone ? ListCards : ListTable;
  return (
    <Page title={title} above={view?.kind === "pivot" ? <BackToPivot viewKey={viewKey} /> : undefined} width={phone ? "full" : "fill"} actions={<><ListMore meta={meta} onSelect={phone && selects ? () => setSelecting(!selecting) : null} /><ListFiles meta={meta} view={view?.name ?? ""} state={state} fields={columns.map((column) => column.field)} />{create}</>}>
      <div className="list-bar">
        <SearchBox value={state.q} onChange={(q) => change({ q })} />
        <Button icon="filter" onClick={() => setDialog("filter")}>
          {t("filter.title")}
        </Button>
        {!phone && (
          <Button icon="columns" onClick={() => setDialog("columns")}>
            {t("columns.title")}
          </Button>
        )}
        <FilterChips fields={named} filter={state.filter} onChange={(filter) => change({ filter })} onEdit={() => setDialog("filter")} />
        <output className="fw-muted fw-small list-count">{list.isSuccess && t(list.hasNextPage ? "loaded" : "count", { count: rows.length })}</output>
      </div>
      {list.isPending && <Skeleton lines={10} />}
      {list.isError && rows.length === 0 && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isError && rows.length === 0 && params.size > 0 && <Button onClick={() => change(FIRST_STATE)}>{t("reset")}</Button>}
      {list.isSuccess && rows.length === 0 && <Nothing narrowed={state.q !== "" || state.filter.items.length > 0} title={meta.title} onWiden={() => change({ q: "", filter: { join: "and", items: [] } })} create={create} />}
      {selection.count > 0 && <SelectionBar meta={meta} view={view?.name ?? ""} state={state} selection={selection} hasMore={list.hasNextPage} names={new Map(rows.map((row) => [row.id, String(row.values[columns[0]?.field ?? ""] ?? row.id)]))} />}
      {rows.length > 0 && <List {...shown} onSort={(field, keep) => change({ sort: nextSort(state.sort, field, keep) })} onMore={more} />}
      {dialog === "filter" && <FilterDialog fields={fields} filter={state.filter} onApply={(filter) => change({ filter })} onClose={() => setDialog(null)} />}
      {dialog === "columns" && <ColumnDialog all={[...(view?.columns ?? []), ...fields.filter((one) => !view?.columns.some((column) => column.field === one.name)).map((one) => ({ field: one.name, title: one.title }))]} chosen={columns.map((column) => column.field)} onApply={(chosen) => change({ columns: chosen })} onClose={() => setDialog(null)} />}
    </Page>
  );
}

interface NothingProps {
  narrowed: boolean;
  title: string;
  onWiden: () => void;
  create: React.ReactNode;
}

/** Nothing at all, or nothing that was asked for: each with its own way on. */
function Nothing({ narrowed, title, onWiden, create }: NothingProps) {
  const { t } = useTranslation("table");
  if (narrowed) {
    return (
      <Empty icon="search" title={t("none_found")}>
        <Button onClick={onWiden}>{t("widen")}</Button>
      </Empty>
    );
  }
  return (
    <Empty icon="table" title={t("empty", { title })}>
      {create}
    </Empty>
  );
}
