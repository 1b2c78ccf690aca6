import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { searchDepartments, searchPeople } from "../../api/queries.ts";
import type { Items, Named, Option, Role } from "../../api/types.ts";
import { recordPath } from "../form/data.ts";

export const KINDS = ["user", "department", "role"] as const;
export type Kind = (typeof KINDS)[number];
export type Level = "read" | "comment" | "edit";

export interface Share {
  readonly id: string;
  readonly version: number;
  readonly with: { readonly kind: Kind; readonly id: string; readonly name: string };
  readonly level: Level;
  readonly note: string;
  readonly expires_at: string | null;
  readonly given_by: Named;
  readonly given_at: string;
  readonly actions: readonly "revoke"[];
}

export interface Sharing {
  readonly items: readonly Share[];
  /** Which roles read such records, and which of them. */
  readonly by_role: readonly { readonly role: string; readonly title: string; readonly scope: string }[];
  readonly may_share: boolean;
  readonly levels: readonly Level[];
}

/** What is given: to whom, how far, until when. */
export interface Giving {
  readonly kind: Kind;
  readonly id: string;
  readonly level: Level;
  readonly expires_at: string | null;
  readonly note: string;
}

export const sharesKey = (entity: string, id: string) => ["record", entity, id, "shares"] as const;

export function useSharing(entity: string, id: string): UseQueryResult<Sharing> {
  return useQuery({ queryKey: sharesKey(entity, id), queryFn: () => api.get<Sharing>(recordPath(entity, id, "shares")) });
}

export function give(entity: string, id: string, giving: Giving): Promise<Share> {
  return api.post<Share>(recordPath(entity, id, "shares"), giving);
}

export function takeBack(entity: string, id: string, share: Share): Promise<void> {
  return api.delete(recordPath(entity, id, `shares/${share.id}`), { version: share.version });
}

async function searchRoles(text: string): Promise<Option[]> {
  const wanted = text.trim().toLowerCase();
  const roles = await api.get<Items<Role>>("/roles");
  return roles.items.filter((one) => one.title.toLowerCase().includes(wanted)).map((one) => ({ id: one.key, label: one.title, hint: one.module }));
}

/** Those to whom a record can be given, by kind. */
export const SEARCHES: Readonly<Record<Kind, (text: string) => Promise<Option[]>>> = { user: searchPeople, department: searchDepartments, role: searchRoles };
