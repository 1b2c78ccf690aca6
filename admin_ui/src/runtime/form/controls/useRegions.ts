import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import type { Regions } from "../../../core/form/regions.ts";

/** Every province, city and county; asked once a visit. */
export function useRegions(): UseQueryResult<Regions> {
  return useQuery({ queryKey: ["regions"], queryFn: async () => (await api.get<{ regions: Regions }>("/regions")).regions, staleTime: Infinity });
}
