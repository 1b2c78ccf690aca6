/** Shapes of automations: what an administrator sees of them, and the buttons of a record. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "./client.ts";
import type { ProblemItem } from "./problem.ts";
import type { Items, Named } from "./types.ts";

export interface Automation {
  key: string;
  title: string;
  description: string;
  path: string;
  order: number;
  entity: string;
  entity_title: string;
  on: string;
  when: string;
  effects: string[];
  on_failure: "refuse" | "log";
  next_due: string | null;
}

export type RunResult = "done" | "failed" | "refused";

export interface Run {
  id: string;
  automation: string;
  title: string;
  trigger: string;
  entity: string;
  record_id: string | null;
  result: RunResult;
  actor: Named;
  at: string;
  duration_ms: number;
  problems: ProblemItem[];
  chain: string[];
  request_id: string;
  replay_of: string | null;
  replayed_by: string | null;
  can_replay: boolean;
}

export interface RecordButton {
  key: string;
  title: string;
  help: string;
}

export interface RunFilter {
  module: string;
  automation: string;
  result: string;
}

export function useAutomations(module: string) {
  return useQuery({ queryKey: ["automations", module], queryFn: () => api.get<Items<Automation>>("/automations", { module }) });
}

/** The run log, newest first, page by page. */
export function useRuns(filter: RunFilter) {
  return useInfiniteQuery({
    queryKey: ["automation-runs", filter],
    queryFn: ({ pageParam }) => api.get<Items<Run> & { next_cursor: string | null }>("/automations/runs", { ...filter, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** What may be pressed on a record now; asked only where there are buttons at all. */
export function useButtons(entity: string, id: string, version: number, enabled: boolean) {
  return useQuery({
    queryKey: ["record", entity, id, "buttons", version],
    queryFn: () => api.get<Items<RecordButton>>(`/records/${entity}/${id}/buttons`),
    enabled,
  });
}
