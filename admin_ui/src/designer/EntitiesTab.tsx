import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModuleBrief } from "../api/draft.ts";
import type { EntityMeta, FieldMeta } from "../api/meta.ts";
import { useEntity } from "../api/queries.ts";
import { Empty, ErrorState, Skeleton } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";
import { Tag } from "../ui/Tag.tsx";

interface Line {
  path: string;
  depth: number;
  field: FieldMeta;
}

function linesOf(fields: readonly FieldMeta[], prefix = "", depth = 0): Line[] {
  return fields.flatMap((field) => [
    { path: prefix + field.name, depth, field },
    ...linesOf(field.fields ?? [], `${prefix}${field.name}.`, depth + 1),
  ]);
}

/** Entities at the left, the fields of the chosen one at the right, formulas as written. */
export function EntitiesTab({ module }: { module: ModuleBrief }) {
  const { t } = useTranslation("designer");
  const [chosen, setChosen] = useState(module.entities[0]?.key ?? null);
  const query = useEntity(chosen);
  if (module.entities.length === 0) return <Empty icon="table" title={t("no_entities")} />;
  return (
    <div className="entities">
      <nav aria-label={t("tab.entities")}>
        {module.entities.map((entity) => (
          <button key={entity.key} type="button" className="entity-pick" aria-current={entity.key === chosen ? "true" : undefined} onClick={() => setChosen(entity.key)}>
            <span className="fw-grow">{entity.title}</span>
            <span className="fw-muted fw-small">{t(`kind.${entity.kind}`)}</span>
          </button>
        ))}
      </nav>
      <div className="fw-grow">
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton />}
        {query.data !== undefined && <Fields meta={query.data} />}
      </div>
    </div>
  );
}

function Fields({ meta }: { meta: EntityMeta }) {
  const { t } = useTranslation("designer");
  const columns: TableColumn<Line>[] = [
    {
      key: "title",
      title: t("field.title"),
      render: ({ field, depth }) => (
        <span style={{ paddingInlineStart: depth * 20 }}>
          {field.title} {field.required && <Tag tone="blue">{t("field.required")}</Tag>}
        </span>
      ),
    },
    { key: "name", title: t("field.name"), render: ({ path }) => <code>{path}</code> },
    { key: "type", title: t("field.type"), render: ({ field }) => t(`type.${field.type}`, { defaultValue: field.type }) },
    { key: "rule", title: t("field.origin"), render: ({ field }) => <Origin field={field} /> },
  ];
  return (
    <div className="fw-stack">
      <h2>
        {meta.title} <code className="fw-muted">{meta.key}</code>
      </h2>
      <Table label={meta.title} columns={columns} rows={linesOf(meta.fields)} rowKey={(line) => line.path} />
      {meta.rules.length > 0 && <h3>{t("rules")}</h3>}
      <ul>
        {meta.rules.map((rule) => (
          <li key={rule.name} className="fw-row rule">
            <Tag tone={rule.severity === "block" ? "red" : "amber"}>{t(`severity.${rule.severity}`)}</Tag>
            <span>{rule.message_text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where a value comes from when nobody types it. */
function Origin({ field }: { field: FieldMeta }) {
  const { t } = useTranslation("designer");
  if (field.formula_text) return <code className="formula">{field.formula_text}</code>;
  if (field.copy) return t("field.copy", { path: field.copy });
  if (field.lookup) return t("field.lookup", { path: field.lookup });
  if (field.to && !field.to.startsWith("system.")) return t("field.to", { entity: field.to_title || field.to });
  return field.options ? field.options.map((option) => option.title).join("、") : "";
}
