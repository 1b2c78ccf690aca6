import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { labelIn } from "../../core/form/references.ts";
import type { EntityMeta, FieldMeta } from "../../core/form/types.ts";
import { isNumeric } from "../../core/form/values.ts";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useFormMeta } from "../form/data.ts";
import { ReadValue } from "../form/ReadValue.tsx";
import { useEntries, type LedgerEntry } from "./data.ts";

const STAGES: Readonly<Record<string, string>> = { reserved: "blue", effective: "green", released: "grey" };

/** What a document wrote to ledgers, a table a ledger; what an entry refers to opens with a click. */
export function Entries({ meta, id }: { meta: EntityMeta; id: string }) {
  const { t } = useTranslation("record");
  const entries = useEntries(meta.key, id);
  if (entries.isError) return <ErrorState error={entries.error} onRetry={() => void entries.refetch()} />;
  if (!entries.data) return <Skeleton lines={4} />;
  if (entries.data.items.length === 0) return <Empty icon="list" title={t("entries.empty")} />;
  const ledgers = [...new Set(entries.data.items.map((entry) => entry.ledger))];
  return (
    <div className="fw-stack">
      {ledgers.map((ledger) => (
        <LedgerTable key={ledger} ledger={ledger} entries={entries.data.items.filter((entry) => entry.ledger === ledger)} />
      ))}
    </div>
  );
}

function LedgerTable({ ledger, entries }: { ledger: string; entries: readonly LedgerEntry[] }) {
  const { t } = useTranslation("record");
  const meta = useFormMeta(ledger);
  const title = entries[0]?.ledger_title ?? ledger;
  if (meta.isPending) return <Skeleton lines={2} />;
  const names = new Set(entries.flatMap((entry) => Object.keys(entry.values)));
  const known = (meta.data?.fields ?? []).filter((field) => names.has(field.name));
  // Somebody who may not open the ledger still sees what this document wrote.
  const fields: readonly FieldMeta[] = meta.data ? known : [...names].map((name) => ({ name, title: name, type: "text", control: "text" }));
  const columns: TableColumn<{ entry: LedgerEntry; key: string }>[] = [
    { key: "stage", title: t("entries.stage"), render: ({ entry }) => <Stage entry={entry} /> },
    ...fields.map((field) => ({ key: field.name, title: field.title, align: isNumeric(field) ? ("end" as const) : ("start" as const), render: ({ entry }: { entry: LedgerEntry }) => <EntryValue field={field} entry={entry} /> })),
  ];
  return (
    <section className="fw-stack">
      <h3>{title}</h3>
      <Table label={title} columns={columns} rows={entries.map((entry, index) => ({ entry, key: entry.id ?? String(index) }))} rowKey={(row) => row.key} />
    </section>
  );
}

function Stage({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation("record");
  return (
    <span className="fw-row">
      <Tag tone={STAGES[entry.stage]}>{t(`stage.${entry.stage}`, { defaultValue: entry.stage })}</Tag>
      {entry.entry_kind === "reverse" && <Tag tone="red">{t("entries.reverse")}</Tag>}
    </span>
  );
}

function EntryValue({ field, entry }: { field: FieldMeta; entry: LedgerEntry }) {
  const value = entry.values[field.name] ?? null;
  const label = labelIn(entry.labels, field.name, value);
  if (field.to && typeof value === "string" && value !== "" && !field.to.startsWith("system.")) return <Link to={`/r/${field.to}/${value}`}>{label ?? value}</Link>;
  return <ReadValue meta={field} value={value} label={label} inCell />;
}
