import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Dashboard, DrillPage, Figure, Widget } from "../../api/figures.ts";
import { keys } from "../../api/queries.ts";

/** Chosen dimensions: name and value. */
export type Where = Readonly<Record<string, string | null>>;

function spelled(where: Where): string {
  return Object.keys(where).length === 0 ? "" : JSON.stringify(where);
}

export function useDashboard(key: string) {
  return useQuery({ queryKey: [...keys.figures, "dashboard", key], queryFn: () => api.get<Dashboard>(`/dashboards/${key}`), staleTime: 60_000 });
}

/** Every measure of a widget by its dimensions, narrowed by the filters of the dashboard. */
export function useFigures(widget: Widget, where: Where) {
  const answers = useQueries({
    queries: widget.measures.map((measure) => {
      // A line shows the whole course: a limit would cut off its end.
      const params = { by: widget.by ?? [], where: spelled(where), limit: widget.chart === "line" && widget.kind === "chart" ? undefined : (widget.limit ?? undefined) };
      return {
        queryKey: [...keys.figures, measure, params],
        queryFn: () => api.get<Figure>(`/measures/${measure}`, params),
        placeholderData: keepPreviousData,
        refetchInterval: 60_000,
      };
    }),
  });
  const figures = answers.map((answer) => answer.data).filter((figure) => figure !== undefined);
  return {
    figures,
    pending: answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
    retry: () => answers.forEach((answer) => void answer.refetch()),
  };
}

/** The documents behind a figure, page after page; their total is the figure. */
export function useDocuments(measure: string, where: Where) {
  return useInfiniteQuery({
    queryKey: [...keys.figures, "documents", measure, where],
    queryFn: ({ pageParam }) => api.get<DrillPage>(`/measures/${measure}/documents`, { where: spelled(where), cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
