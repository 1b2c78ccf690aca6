import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { Box, TaskCounts } from "./approval.ts";
import { api } from "./client.ts";
import type { Params } from "./envelope.ts";
import type { EntityMeta } from "./meta.ts";
import type { Department, Items, Menu, Option, PersonBrief, RecordData, Session } from "./types.ts";

/** Query keys in one place, so that a change made anywhere refreshes what shows it. */
export const keys = {
  session: ["session"] as const,
  menu: ["menu"] as const,
  entity: (entity: string) => ["entity", entity] as const,
  records: (entity: string) => ["records", entity] as const,
  record: (entity: string, id: string) => ["record", entity, id] as const,
  approval: (entity: string, id: string) => ["approval", entity, id] as const,
  tasks: (box?: Box) => (box === undefined ? (["tasks"] as const) : (["tasks", box] as const)),
  counts: ["task-counts"] as const,
  figures: ["figures"] as const,
  departments: ["departments"] as const,
  draft: ["draft"] as const,
};

/** Who is signed in; null when nobody is. */
export function useSession(): UseQueryResult<Session | null> {
  return useQuery({ queryKey: keys.session, queryFn: askSession, retry: false, staleTime: Infinity });
}

async function askSession(): Promise<Session | null> {
  const answer = await api.get<Session | { person: null }>("/session");
  return answer.person === null ? null : answer;
}

export function useMenu(): UseQueryResult<Menu> {
  return useQuery({ queryKey: keys.menu, queryFn: () => api.get<Menu>("/menu"), staleTime: 300_000 });
}

/** Metadata of an entity ("module.entity") for this person; null asks nothing. */
export function useEntity(entity: string | null): UseQueryResult<EntityMeta> {
  return useQuery({
    queryKey: keys.entity(entity ?? ""),
    queryFn: () => api.get<EntityMeta>(`/entities/${entity}`),
    enabled: entity !== null && entity !== "",
    staleTime: 60_000,
  });
}

export function useRecord(entity: string, id: string, params: Params = {}): UseQueryResult<RecordData> {
  return useQuery({
    queryKey: [...keys.record(entity, id), params],
    queryFn: () => api.get<RecordData>(`/records/${entity}/${id}`, params),
  });
}

/** What waits for this person; asked again every 30 seconds. */
export function useTaskCounts(): UseQueryResult<TaskCounts> {
  return useQuery({
    queryKey: keys.counts,
    queryFn: () => api.get<TaskCounts>("/tasks/counts"),
    refetchInterval: 30_000,
  });
}

export function useDepartments(enabled = true): UseQueryResult<Items<Department>> {
  return useQuery({ queryKey: keys.departments, queryFn: () => api.get<Items<Department>>("/departments"), enabled });
}

let finder: typeof searchOptions | null = null;

/** A page of somebody without an account asks elsewhere; null: as everybody does. */
export function findOptionsBy(next: typeof searchOptions | null): void {
  finder = next;
}

/** Candidates of a reference by text: label, code or pinyin initials (the server decides). */
export async function searchOptions(entity: string, params: Params): Promise<Option[]> {
  if (finder !== null) return finder(entity, params);
  const answer = await api.get<Items<Option>>(`/records/${entity}/options`, { limit: 20, ...params });
  return answer.items;
}

function departmentName(person: PersonBrief): string {
  const department = person.department ?? "";
  return typeof department === "string" ? department : department.name;
}

/** People by name, log-in or pinyin initials, as options of a picker. */
export function searchPeople(text: string): Promise<Option[]> {
  return people({ q: text });
}

/** The people with these ids (one, or several separated by commas), as options. */
export function namedPeople(ids: string): Promise<Option[]> {
  return people({ ids });
}

async function people(params: Params): Promise<Option[]> {
  const answer = await api.get<Items<PersonBrief>>("/people", params);
  return answer.items.map((person) => ({ id: person.id, label: person.name, hint: departmentName(person) || person.login }));
}

/** Departments whose name or code contains the text, as options of a picker. */
export async function searchDepartments(text: string): Promise<Option[]> {
  const answer = await api.get<Items<Department>>("/departments");
  const wanted = text.trim().toLowerCase();
  return answer.items
    .filter((one) => `${one.name} ${one.code}`.toLowerCase().includes(wanted))
    .map((one) => ({ id: one.id, label: one.name, hint: one.code }));
}
