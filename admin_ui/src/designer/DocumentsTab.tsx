import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DraftDocument } from "../api/draft.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorState, Skeleton } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";
import { Tag } from "../ui/Tag.tsx";
import { NewDocumentDialog } from "./NewDocumentDialog.tsx";
import { documentAddress, useDraft } from "./useDraft.ts";

/** The documents that a module is made of. */
export function DocumentsTab({ module }: { module: string }) {
  const { t } = useTranslation("designer");
  const query = useDraft();
  const [adding, setAdding] = useState(false);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  const documents = query.data.documents.filter((one) => one.path.startsWith(`${module}/`));
  const wrong = (path: string) => query.data.problems.filter((problem) => problem.file === path).length;
  const columns: TableColumn<DraftDocument>[] = [
    { key: "path", title: t("document.path"), render: (one) => <Link className="fw-tap" to={documentAddress(one.path)}>{one.path.slice(module.length + 1)}</Link> },
    { key: "title", title: t("field.title"), render: (one) => one.title },
    { key: "kind", title: t("document.kind"), render: (one) => t(`document_kind.${one.kind}`, { defaultValue: one.kind }) },
    {
      key: "state",
      title: t("document.state"),
      render: (one) => (
        <span className="fw-row">
          {one.changed && <Tag tone="amber">{t("document.changed")}</Tag>}
          {wrong(one.path) > 0 && <Tag tone="red">{t("problems.count", { count: wrong(one.path) })}</Tag>}
        </span>
      ),
    },
  ];
  return (
    <div className="fw-stack">
      <div>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t("document.add")}
        </Button>
      </div>
      <Table label={t("tab.documents")} columns={columns} rows={documents} rowKey={(one) => one.path} />
      {adding && <NewDocumentDialog module={module} taken={documents.map((one) => one.path)} onClose={() => setAdding(false)} />}
    </div>
  );
}
