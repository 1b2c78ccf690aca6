import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { keys, searchOptions } from "../../../api/queries.ts";
import type { EntityMeta, FieldMeta, Json } from "../../../core/form/types.ts";
import { Combobox } from "../../../ui/Combobox.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useOptionLabel } from "../data.ts";
import type { ControlProps } from "./control.ts";

interface Target {
  readonly entity: string;
  readonly title: string;
}

export function chosenRecord(value: Json): { readonly entity: string; readonly id: string } | null {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const { entity, id } = value as Readonly<Record<string, Json>>;
  return typeof entity === "string" && typeof id === "string" ? { entity, id } : null;
}

/** The entities that a field may point to; those that come without a title are asked for it. */
export function useTargets(meta: FieldMeta): readonly Target[] {
  const told = meta.targets ?? [];
  const bare = told.length > 0 ? [] : Array.isArray(meta.to) ? (meta.to as readonly string[]) : [meta.to ?? ""].filter((to) => to !== "");
  const asked = useQueries({ queries: bare.map((entity) => ({ queryKey: keys.entity(entity), queryFn: () => api.get<EntityMeta>(`/entities/${entity}`), staleTime: 300_000 })) });
  return told.length > 0 ? told : bare.map((entity, index) => ({ entity, title: asked[index]?.data?.title ?? entity }));
}

/** First of what kind, then which one. */
export function DynamicReferenceControl(props: ControlProps) {
  const { meta, value, label, ids, asker, record, onChange, onBlur } = props;
  const { t } = useTranslation("controls");
  const targets = useTargets(meta);
  const chosen = chosenRecord(value);
  const [kind, setKind] = useState<string | null>(null);
  const entity = kind ?? chosen?.entity ?? (targets.length === 1 ? (targets[0]?.entity ?? "") : "");
  const named = useOptionLabel(chosen?.entity ?? "", chosen !== null && label === null ? chosen.id : null);
  const title = ids["aria-label"] ?? meta.title;
  return (
    <span className="control-pair">
      <Select
        aria-label={t("dynamic.kind", { title })}
        value={entity}
        placeholder={t("dynamic.choose")}
        options={targets.map((one) => ({ value: one.entity, label: one.title }))}
        onChange={(next) => {
          setKind(next);
          if (chosen !== null) onChange(null, null);
        }}
      />
      <Combobox
        {...ids}
        disabled={entity === ""}
        value={chosen === null || chosen.entity !== entity ? null : { id: chosen.id, label: label ?? named ?? chosen.id }}
        search={(text) => searchOptions(entity, { q: text, field: asker, record: JSON.stringify(record()) })}
        onChange={(option) => onChange(option === null ? null : { entity, id: option.id }, option?.label ?? null)}
        onBlur={onBlur}
      />
    </span>
  );
}
