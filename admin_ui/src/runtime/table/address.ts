import { filterForAddress, NO_FILTER, parseFilter, type Group } from "./filter.ts";

/** What of a list is chosen by its reader; all of it is in the address, so that a link shows the same list. */
export interface ListState {
  q: string;
  filter: Group;
  /** "-work_date", "number"; empty means the view's own order. */
  sort: string[];
  /** Empty means the view's own columns. */
  columns: string[];
}

export const FIRST_STATE: ListState = { q: "", filter: NO_FILTER, sort: [], columns: [] };

function listOf(text: string | null): string[] {
  return text === null || text === "" ? [] : text.split(",");
}

export function readAddress(params: URLSearchParams): ListState {
  return {
    q: params.get("q") ?? "",
    filter: parseFilter(params.get("filter")),
    sort: listOf(params.get("sort")),
    columns: listOf(params.get("columns")),
  };
}

export function writeAddress(state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  const entries = {
    q: state.q,
    filter: filterForAddress(state.filter),
    sort: state.sort.join(","),
    columns: state.columns.join(","),
  };
  for (const [name, value] of Object.entries(entries)) if (value !== "") params.set(name, value);
  return params;
}

/** A press on a head: ascending, descending, then the view's own order; with Shift the other keys stay. */
export function nextSort(sort: readonly string[], field: string, keepOthers: boolean): string[] {
  const others = keepOthers ? sort.filter((key) => key.replace(/^-/, "") !== field) : [];
  if (sort.includes(field)) return [...others, `-${field}`];
  if (sort.includes(`-${field}`)) return others;
  return [...others, field];
}
