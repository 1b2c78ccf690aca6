import { useTranslation } from "react-i18next";
import type { Publication } from "../api/draft.ts";
import { usePersonName } from "./usePersonName.ts";
import { Moment } from "../ui/Moment.tsx";
import { ErrorState, Skeleton } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";
import { usePublications } from "./useDraft.ts";

/** What was published, when, by whom and why; newest first. */
export function PublicationsTab() {
  const { t } = useTranslation("designer");
  const query = usePublications();
  const nameOf = usePersonName();
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  const columns: TableColumn<Publication>[] = [
    { key: "number", title: t("publication.number"), width: 80, render: (one) => one.number },
    { key: "note", title: t("publication.note"), render: (one) => <Told publication={one} /> },
    { key: "by", title: t("publication.by"), render: (one) => (typeof one.by === "string" ? nameOf(one.by) : (one.by?.name ?? "")) },
    { key: "at", title: t("publication.at"), render: (one) => <Moment value={one.at} /> },
  ];
  return <Table label={t("tab.publications")} columns={columns} rows={query.data.items} rowKey={(one) => String(one.number)} />;
}

function Told({ publication }: { publication: Publication }) {
  const { t } = useTranslation("designer");
  const { changes, note } = publication;
  if (!Array.isArray(changes) || changes.length === 0) return note;
  return (
    <details>
      <summary>
        {note} <span className="fw-muted">{t("publication.changes", { count: changes.length })}</span>
      </summary>
      <ul className="sentences">
        {changes.map((change) => (
          <li key={`${change.subject} ${change.pointer} ${change.sentence}`}>{change.sentence}</li>
        ))}
      </ul>
    </details>
  );
}
