import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Job } from "../../api/job.ts";
import type { ProblemItem } from "../../api/problem.ts";
import type { Json } from "../../core/form/types.ts";

export type BulkAction = "update" | "delete" | "submit";

/** Which records: those named, or everything that a list would show. */
export type Chosen = { readonly ids: readonly string[] } | { readonly everything: true; readonly q: string; readonly view: string; readonly filter: unknown };

export interface RowResult {
  readonly row: number;
  readonly status: string;
  readonly id: string;
  readonly problems: readonly ProblemItem[];
}

export interface BulkAnswer {
  readonly job: Job | { readonly id: string } | null;
  readonly counts?: Readonly<Record<string, number>>;
  readonly results: readonly RowResult[] | null;
  readonly matched?: number;
  readonly tried?: number;
}

export interface JobRow {
  readonly number: number;
  readonly outcome: string;
  readonly record_id: string | null;
  readonly status?: string;
  readonly problems?: readonly ProblemItem[];
}

export function bulk(entity: string, action: BulkAction, chosen: Chosen, values: Readonly<Record<string, Json>>, dryRun: boolean): Promise<BulkAnswer> {
  return api.post<BulkAnswer>(`/records/${entity}/bulk`, { action, ...chosen, values, dry_run: dryRun });
}

/** The first rows of a job that were refused. */
export function useRefused(job: string | null, count: number): UseQueryResult<{ items: readonly JobRow[] }> {
  return useQuery({ queryKey: ["job", job, "failed", count], queryFn: () => api.get<{ items: readonly JobRow[] }>(`/jobs/${job}/rows`, { outcome: "failed", limit: 100 }), enabled: job !== null && count > 0 });
}

/** How many rows came to which end, as a job tells it. */
export function countsOf(job: Job): Readonly<Record<string, number>> {
  const counts = job.result["counts"];
  return typeof counts === "object" && counts !== null ? (counts as Record<string, number>) : {};
}
