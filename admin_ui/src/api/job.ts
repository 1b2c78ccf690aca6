import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "./client.ts";
import type { ProblemItem } from "./problem.ts";

/** Work in the background, as far as it is. */
export interface Job {
  id: string;
  kind: string;
  title: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  total: number | null;
  done: number;
  failed: number;
  result: Record<string, unknown>;
  error: { code: string; title: string; detail: string; problems: ProblemItem[] } | null;
  actions: string[];
}

export function isOver(job: Job | undefined): boolean {
  return job !== undefined && job.state !== "queued" && job.state !== "running";
}

/** A job, asked for again until it is over; null asks nothing. */
export function useJob(id: string | null): UseQueryResult<Job> {
  return useQuery({
    queryKey: ["job", id],
    queryFn: () => api.get<Job>(`/jobs/${id}`),
    enabled: id !== null,
    refetchInterval: (query) => (isOver(query.state.data) ? false : 800),
  });
}
