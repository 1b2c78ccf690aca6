import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../../api/client.ts";
import { keys, searchOptions } from "../../../api/queries.ts";
import type { EntityMeta } from "../../../api/meta.ts";
import type { RecordPage } from "../../../api/types.ts";
import { Cascader } from "../../../ui/cascade/Cascader.tsx";
import type { TreeNode, TreeSource } from "../../../ui/cascade/source.ts";
import { useOptionLabel } from "../data.ts";
import type { ControlProps } from "./control.ts";

const MOST = 200;

/** A record of an entity whose records stand below one another, chosen level by level. */
export function TreeReferenceControl(props: ControlProps) {
  const { meta, value, label, ids, asker, record, onChange, onBlur, onKeyDown } = props;
  const client = useQueryClient();
  const to = meta.to ?? "";
  const chosen = typeof value === "string" && value !== "" ? value : null;
  const named = useOptionLabel(to, label === null ? chosen : null);
  const source = useMemo<TreeSource>(
    () => ({
      below: async (node) => {
        const entity = await client.fetchQuery({ queryKey: keys.entity(to), queryFn: () => api.get<EntityMeta>(`/entities/${to}`), staleTime: 300_000 });
        const parent = entity.fields.find((field) => field.type === "tree_parent")?.name ?? "parent";
        const filter = { field: parent, ...(node === null ? { op: "blank" } : { op: "eq", value: node.value }) };
        const page = await api.get<RecordPage>(`/records/${to}`, { filter: JSON.stringify({ and: [filter] }), limit: MOST });
        return page.items.map((one): TreeNode => ({ value: one.id, title: String(one.values[entity.display] ?? one.id), leaf: false }));
      },
      find: (text) => searchOptions(to, { q: text, field: asker, record: JSON.stringify(record()) }),
    }),
    [client, to, asker, record],
  );
  return <Cascader {...ids} shown={label ?? named ?? chosen ?? ""} chosen={chosen} source={source} anyLevel={meta.any_level !== false} onChange={(next, way) => onChange(next, way?.split(" / ").at(-1) ?? null)} onBlur={onBlur} onKeyDown={onKeyDown} />;
}
