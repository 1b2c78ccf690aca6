import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { keys } from "../../api/queries.ts";
import { filterForServer, type Condition, type Group } from "../table/filter.ts";
import type { Axis, Layout } from "./layout.ts";

export interface AxisData extends Axis {
  name: string;
  title: string;
  type: string;
}

/** A row or a column: the values that it stands for, the outermost first; none of them is the total. */
export interface LineData {
  keys: readonly unknown[];
  labels: readonly string[];
  /** What its records meet; null where no filter can tell them. */
  where: Condition[] | null;
}

export interface SideData {
  axes: AxisData[];
  lines: LineData[];
}

export interface FigureData {
  name: string;
  fn: string;
  field: string;
  title: string;
  type: string;
  scale: number;
}

export type CellData = readonly (string | number | boolean | null)[] | null;

export interface PivotData {
  rows: SideData;
  columns: SideData;
  values: FigureData[];
  totals: string[];
  sort: string;
  cells: CellData[][];
}

/** What the server is asked for. */
export function bodyOf(view: string, q: string, filter: Group, layout: Layout) {
  const text = filterForServer(filter);
  return { view, q, filter: text === "" ? null : (JSON.parse(text) as unknown), ...layout };
}

/** The old figures stay until the new ones are there. */
export function usePivot(entity: string, body: ReturnType<typeof bodyOf>) {
  return useQuery({
    queryKey: [...keys.records(entity), "pivot", body],
    queryFn: ({ signal }) => api.post<PivotData>(`/records/${entity}/pivot`, body, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
