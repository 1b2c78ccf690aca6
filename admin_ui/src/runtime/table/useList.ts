import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Params } from "../../api/envelope.ts";
import { keys } from "../../api/queries.ts";
import type { RecordPage, Totals } from "../../api/types.ts";
import type { ListState } from "./address.ts";
import { expansions, type ListColumn } from "./columns.ts";
import { filterForServer } from "./filter.ts";

const PAGE = 50;

/** The records of a list, page after page, and its totals line. The old rows stay until the new ones are there. */
export function useList(entity: string, view: string, state: ListState, columns: readonly ListColumn[]) {
  const asked: Params = { view, q: state.q, filter: filterForServer(state.filter) };
  const shown: Params = {
    ...asked,
    sort: state.sort,
    limit: PAGE,
    expand: expansions(columns),
    fields: columns.map((column) => column.field),
  };
  const totals = columns.filter((column) => column.total !== null).map((column) => `${column.field}:${column.total}`);
  const list = useInfiniteQuery({
    queryKey: [...keys.records(entity), "list", shown],
    queryFn: ({ pageParam, signal }) => api.get<RecordPage>(`/records/${entity}`, { ...shown, cursor: pageParam }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    placeholderData: keepPreviousData,
  });
  const sums = useQuery({
    queryKey: [...keys.records(entity), "totals", asked, totals],
    queryFn: () => api.get<Totals>(`/records/${entity}/totals`, { ...asked, columns: totals }),
    enabled: totals.length > 0,
    placeholderData: keepPreviousData,
  });
  return { list, rows: list.data?.pages.flatMap((page) => page.items) ?? [], totals: sums.data?.totals ?? null };
}
