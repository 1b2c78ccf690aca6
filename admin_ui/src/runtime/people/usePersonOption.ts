import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Account, Items, Option } from "../../api/types.ts";

/** A person by id as a choice of a picker; the name comes from the accounts. */
export function usePersonOption(id: string | null): Option | null {
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: () => api.get<Items<Account>>("/accounts"), enabled: id !== null });
  if (id === null) return null;
  return { id, label: accounts.data?.items.find((one) => one.id === id)?.name ?? "…" };
}
