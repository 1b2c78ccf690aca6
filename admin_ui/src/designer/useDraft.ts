import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { Draft, ModuleBrief, OneDocument, Publication } from "../api/draft.ts";
import { keys } from "../api/queries.ts";
import type { Items } from "../api/types.ts";

export function useModules() {
  return useQuery({ queryKey: ["modules"], queryFn: () => api.get<Items<ModuleBrief>>("/modules") });
}

/** What is changed and not yet published, with its problems and its plan. */
export function useDraft() {
  return useQuery({ queryKey: keys.draft, queryFn: () => api.get<Draft>("/draft") });
}

export function usePublications() {
  return useQuery({ queryKey: ["publications"], queryFn: () => api.get<Items<Publication>>("/publications") });
}

export function useDocument(path: string) {
  // While somebody types, no refetch may replace what is in the editor.
  return useQuery({ queryKey: ["document", path], queryFn: () => api.get<OneDocument>(`/draft/documents/${path}`), staleTime: Infinity, gcTime: 0 });
}

/** After a publish everything that was drawn from metadata is old. */
export function useRefreshAll(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}

export { documentAddress } from "../api/draft.ts";
