import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Items, Named } from "../../api/types.ts";
import type { Json, Labels, Values } from "../../core/form/types.ts";
import { recordPath } from "../form/data.ts";

export interface Change {
  readonly path: string;
  readonly title: string;
  readonly before: Json;
  readonly after: Json;
}

export interface HistoryItem {
  readonly at: string;
  readonly actor: Named | null;
  readonly action: string;
  readonly automation?: { readonly key: string; readonly title: string } | null;
  readonly request_id?: string | null;
  readonly changes: readonly Change[];
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

export function useHistory(entity: string, id: string): UseQueryResult<Items<HistoryItem>> {
  return useQuery({ queryKey: ["record", entity, id, "history"], queryFn: () => api.get<Items<HistoryItem>>(recordPath(entity, id, "history")) });
}

export function useEntries(entity: string, id: string): UseQueryResult<Items<LedgerEntry>> {
  return useQuery({ queryKey: ["record", entity, id, "entries"], queryFn: () => api.get<Items<LedgerEntry>>(recordPath(entity, id, "entries")) });
}
