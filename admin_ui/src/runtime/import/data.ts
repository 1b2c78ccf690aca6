import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Job } from "../../api/job.ts";

export const LINK = "$link";

export interface ColumnChoice {
  column: number;
  field: string;
  by?: string;
  rounded?: boolean;
}

export interface SheetChoice {
  sheet: number;
  header: number;
  table: string;
  columns: ColumnChoice[];
}

/** One sheet of a file: where its titles stand, what they are, some rows, and what its columns seem to be for. */
export interface SheetOffer extends SheetChoice {
  name: string;
  rows: number;
  titles: string[];
  sample: string[][];
}

export interface Target {
  path: string;
  title: string;
  table: string;
  type: string;
  use: "write" | "compare" | "link";
  required?: boolean;
}

export interface Offer {
  file: string;
  name: string;
  size: number;
  sheets: SheetOffer[];
  targets: Target[];
  tables: { name: string; title: string }[];
  keys: string[][];
  can: string[];
}

export interface Options {
  mode: "create" | "update" | "upsert";
  key: string[];
  all_or_nothing: boolean;
  clear_blanks: boolean;
  submit: boolean;
}

export interface Choices extends Options {
  file: string;
  sheets: SheetChoice[];
}

export interface Resumed {
  job: Job;
  source: Offer;
  choices: Choices;
}

export interface Finding {
  sheet: string;
  row: number;
  cell: string;
  title: string;
  value: string;
  severity: "error" | "warning";
  reason: string;
  remedy: string;
}

export interface RowResult {
  number: number;
  outcome: string;
  findings: Finding[];
}

export interface Counts {
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  written: boolean;
}

export const FIRST_OPTIONS: Options = { mode: "create", key: [], all_or_nothing: true, clear_blanks: false, submit: false };

/** The sheets that are taken along: those with a column that is for something, named as the server wants them. */
export function chosenSheets(sheets: readonly SheetOffer[]): SheetChoice[] {
  return sheets
    .map(({ sheet, header, table, columns }) => ({ sheet, header, table, columns: columns.filter((one) => one.field !== "") }))
    .filter((one) => one.columns.some((column) => column.field !== LINK));
}

/** What must be filled and has no column: shown before the check finds it on every row. */
export function missingTargets(offer: Offer, sheets: readonly SheetChoice[]): Target[] {
  const mapped = new Set(sheets.flatMap((one) => one.columns.map((column) => column.field)));
  const tables = new Set([...mapped].filter((path) => path.includes(".")).map((path) => path.slice(0, path.lastIndexOf("."))));
  return offer.targets.filter((one) => one.required === true && one.use === "write" && !mapped.has(one.path) && (one.table === "" || tables.has(one.table)));
}

/** How many of each became, or would become, of the rows. */
export function countsOf(job: Job): Counts {
  const number = (name: string) => Number(job.result[name] ?? 0);
  return { created: number("created"), updated: number("updated"), unchanged: number("unchanged"), refused: number("refused"), written: job.result["written"] === true };
}

/** The rows of which something is to be said, page after page. */
export function useRows(job: string, outcome: string) {
  return useInfiniteQuery({
    queryKey: ["job", job, "rows", outcome],
    queryFn: ({ pageParam }) => api.get<{ items: RowResult[]; next_cursor: string | null }>(`/jobs/${job}/rows`, { outcome, limit: 100, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
