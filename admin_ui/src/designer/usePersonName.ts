import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { Account, Items } from "../api/types.ts";

/** Names of people by id, for administrators (they may read all accounts). */
export function usePersonName(): (id: string) => string {
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: () => api.get<Items<Account>>("/accounts"), staleTime: 60_000 });
  return (id) => accounts.data?.items.find((one) => one.id === id)?.name ?? id;
}
