import { useQueries } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { entitiesOf } from "../api/menu.ts";
import type { EntityMeta } from "../api/meta.ts";
import { keys, useMenu } from "../api/queries.ts";

/** The entities of the menu of which this person may make a new record; asked only while `enabled`. */
export function useCreatable(enabled: boolean): { key: string; title: string }[] {
  const menu = useMenu();
  const entities = entitiesOf(menu.data);
  const metas = useQueries({
    queries: entities.map(({ key }) => ({
      queryKey: keys.entity(key),
      queryFn: () => api.get<EntityMeta>(`/entities/${key}`),
      enabled,
      staleTime: 60_000,
    })),
  });
  return entities.filter((_, index) => metas[index]?.data?.actions.includes("create") === true);
}
