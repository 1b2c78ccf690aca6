import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Option } from "../../api/types.ts";
import { keys, namedPeople, searchDepartments, searchOptions } from "../../api/queries.ts";
import type { ReferenceSource } from "../../core/form/references.ts";
import type { EntityMeta, Labels, ProblemData, RecordData, Values } from "../../core/form/types.ts";
import type { Approval } from "../../api/approval.ts";

export function recordPath(entity: string, id: string, action = ""): string {
  return `/records/${entity}/${encodeURIComponent(id)}${action === "" ? "" : `/${action}`}`;
}

export function useFormMeta(entity: string): UseQueryResult<EntityMeta> {
  return useQuery({ queryKey: keys.entity(entity), queryFn: () => api.get<EntityMeta>(`/entities/${entity}`), staleTime: 60_000 });
}

/** One record for reading or editing; null id asks nothing. Never from the cache where it is to be edited: versions matter. */
export function useRecordData(entity: string, id: string | null, fresh = false): UseQueryResult<RecordData> {
  return useQuery({
    queryKey: keys.record(entity, id ?? ""),
    queryFn: () => api.get<RecordData>(recordPath(entity, id ?? "")),
    enabled: id !== null,
    refetchOnWindowFocus: !fresh,
    ...(fresh ? { staleTime: 0, gcTime: 0 } : {}),
  });
}

export function useTemplate(entity: string, wanted: boolean): UseQueryResult<{ values: Values; labels?: Labels }> {
  return useQuery({ queryKey: ["template", entity], queryFn: () => api.get<{ values: Values; labels?: Labels }>(`/records/${entity}/template`), enabled: wanted, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false });
}

export function useApproval(entity: string, id: string | null): UseQueryResult<Approval> {
  return useQuery({ queryKey: keys.approval(entity, id ?? ""), queryFn: () => api.get<Approval>(recordPath(entity, id ?? "", "approval")), enabled: id !== null });
}

/** What an id of another entity is called; null id asks nothing. People and departments are not records of an entity. */
export function useOptionLabel(to: string, id: string | null): string | null {
  const person = to === "system.user";
  const named = useQuery({
    queryKey: ["option", to, id],
    queryFn: () => (person ? namedPeople(id ?? "") : searchOptions(to, { ids: id })),
    enabled: id !== null && to !== "" && to !== "system.department",
    staleTime: 300_000,
  });
  return named.data?.find((option) => option.id === id)?.label ?? null;
}

/** What several ids are called: people, departments or records; an id that nobody may see is called by itself. */
export function useNames(to: string, ids: readonly string[]): readonly Option[] {
  const joined = [...ids].toSorted().join(",");
  const named = useQuery({ queryKey: ["options", to, joined], queryFn: () => optionsOf(to, joined), enabled: joined !== "" && to !== "", staleTime: 300_000 });
  const client = useQueryClient();
  return ids.map((id) => named.data?.find((option) => option.id === id) ?? client.getQueryData<Option[]>(["option", to, id])?.[0] ?? { id, label: named.isPending && joined !== "" ? "…" : id });
}

async function optionsOf(to: string, ids: string): Promise<Option[]> {
  if (to === "system.user") return namedPeople(ids);
  if (to === "system.department") return (await searchDepartments("")).filter((one) => ids.split(",").includes(one.id));
  return searchOptions(to, { ids });
}

/** Referenced records through the server, with the metadata that says what their values are. */
export function referenceSource(client: QueryClient): ReferenceSource {
  return {
    async load(entity, id) {
      const [meta, record] = await Promise.all([
        client.fetchQuery({ queryKey: keys.entity(entity), queryFn: () => api.get<EntityMeta>(`/entities/${entity}`), staleTime: 300_000 }),
        client.fetchQuery({ queryKey: keys.record(entity, id), queryFn: () => api.get<RecordData>(recordPath(entity, id)), staleTime: 30_000 }),
      ]);
      return { values: record.values, labels: record.labels ?? {}, fields: meta.fields };
    },
  };
}

export interface Checked {
  readonly values: Values;
  readonly labels?: Labels;
  readonly problems: readonly ProblemData[];
}

/** A dry run: what the server would make of the record. */
export function checkRecord(entity: string, id: string | null, values: Values): Promise<Checked> {
  return api.post<Checked>(`/records/${entity}/check`, { values, moment: "save", ...(id === null ? {} : { id }) });
}
