import { useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Items, Named } from "../../api/types.ts";
import type { Json, Labels, ProblemData, Values } from "../../core/form/types.ts";
import { recordPath } from "../form/data.ts";

export interface Change {
  readonly path: string;
  readonly title: string;
  readonly before: Json;
  readonly after: Json;
}

/** What became of one row of a sub-table; `rows` are those inside it. */
export interface RowChange {
  readonly path: string;
  readonly title: string;
  readonly kind: "added" | "removed" | "changed" | "moved";
  readonly id: string | null;
  readonly at: number | null;
  readonly changes: readonly Change[];
  readonly rows: readonly RowChange[];
}

export interface Difference {
  readonly changes: readonly Change[];
  readonly rows?: readonly RowChange[];
}

export interface HistoryItem extends Difference {
  readonly id?: number;
  readonly at: string;
  readonly actor: Named | null;
  readonly on_behalf?: Named | null;
  readonly via?: string;
  readonly automation?: { readonly key: string; readonly title: string } | null;
  readonly action: string;
  readonly version?: number | null;
  readonly restored?: number | null;
  readonly reason?: string;
  readonly request_id?: string | null;
}

export interface HistoryPage {
  readonly items: readonly HistoryItem[];
  readonly labels?: Labels;
  readonly next_cursor?: number | null;
}

/** What restoring a version would change now, and what would be found. */
export interface VersionPreview extends Difference {
  readonly version: number;
  readonly labels?: Labels;
  readonly problems: readonly ProblemData[];
}

export interface LedgerEntry {
  readonly id?: string | null;
  readonly ledger: string;
  readonly ledger_title: string;
  readonly posting: string;
  readonly stage: string;
  readonly entry_kind: string;
  readonly values: Values;
  readonly labels?: Labels;
}

export function useHistory(entity: string, id: string) {
  return useInfiniteQuery({
    queryKey: ["record", entity, id, "history"],
    queryFn: ({ pageParam }) => api.get<HistoryPage>(recordPath(entity, id, "history"), { cursor: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useVersion(entity: string, id: string, version: number): UseQueryResult<VersionPreview> {
  return useQuery({ queryKey: ["record", entity, id, "versions", version], queryFn: () => api.get<VersionPreview>(recordPath(entity, id, `versions/${version}`)), gcTime: 0 });
}

export function useEntries(entity: string, id: string): UseQueryResult<Items<LedgerEntry>> {
  return useQuery({ queryKey: ["record", entity, id, "entries"], queryFn: () => api.get<Items<LedgerEntry>>(recordPath(entity, id, "entries")) });
}
