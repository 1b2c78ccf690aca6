import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../api/client.ts";
import type { ModuleBrief } from "../api/draft.ts";
import type { EntityMeta, FieldMeta } from "../api/meta.ts";
import { keys } from "../api/queries.ts";
import { Skeleton } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";

interface Relation {
  from: EntityMeta;
  path: string;
  title: string;
  to: string;
  toTitle: string;
}

function relationsOf(entity: EntityMeta, fields: readonly FieldMeta[], prefix = "", titles = ""): Relation[] {
  return fields.flatMap((field) => {
    const title = titles + field.title;
    const inner = relationsOf(entity, field.fields ?? [], `${prefix}${field.name}.`, `${title} / `);
    if (!field.to) return inner;
    return [{ from: entity, path: prefix + field.name, title, to: field.to, toTitle: field.to_title || field.to }, ...inner];
  });
}

/** Built-in targets (people, departments) have no module to open. */
function Target({ relation }: { relation: Relation }) {
  const { t } = useTranslation("designer");
  const [module = "", name = ""] = relation.to.split(".");
  if (module === "system") return t(`type.${name}`);
  return (
    <Link className="fw-tap" to={`/designer/${module}`}>
      {relation.toTitle}
    </Link>
  );
}

/** Which record names which other: one line a reference. */
export function RelationsTab({ module }: { module: ModuleBrief }) {
  const { t } = useTranslation("designer");
  const answers = useQueries({
    queries: module.entities.map(({ key }) => ({ queryKey: keys.entity(key), queryFn: () => api.get<EntityMeta>(`/entities/${key}`), staleTime: 60_000 })),
  });
  if (answers.some((answer) => answer.isPending)) return <Skeleton />;
  const relations = answers.flatMap(({ data }) => (data === undefined ? [] : relationsOf(data, data.fields)));
  const columns: TableColumn<Relation>[] = [
    { key: "from", title: t("relation.from"), render: (one) => one.from.title },
    { key: "field", title: t("relation.field"), render: (one) => one.title },
    { key: "to", title: t("relation.to"), render: (one) => <Target relation={one} /> },
    { key: "path", title: t("field.name"), render: (one) => <code>{`${one.from.key} / ${one.path}`}</code> },
  ];
  return <Table label={t("tab.relations")} columns={columns} rows={relations} rowKey={(one) => `${one.from.key} ${one.path}`} empty={t("relation.none")} />;
}
