import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Draft } from "../api/draft.ts";
import { Button } from "../ui/Button.tsx";
import { Empty, ErrorState, Notice, Skeleton } from "../ui/States.tsx";
import { Tag } from "../ui/Tag.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { documentAddress, useDraft } from "./useDraft.ts";

/** What is not yet published: in sentences, with what publishing does to stored data. */
export function ChangesTab() {
  const { t } = useTranslation("designer");
  const query = useDraft();
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  if (query.data.changed_documents.length === 0) return <Empty icon="check" title={t("changes.none")} />;
  return <Pending draft={query.data} />;
}

function Pending({ draft }: { draft: Draft }) {
  const { t } = useTranslation("designer");
  const [publishing, setPublishing] = useState(false);
  const blocking = [...draft.problems, ...(draft.plan?.problems ?? [])].filter((problem) => problem.severity === "error");
  return (
    <div className="fw-stack">
      <div className="fw-row fw-row-wrap">
        <p className="fw-grow">{t("changes.lead", { number: draft.publication })}</p>
        <Button variant="primary" disabled={blocking.length > 0} onClick={() => setPublishing(true)}>
          {t("publish.action")}
        </Button>
      </div>
      {blocking.length > 0 && <Notice tone="red">{t("publish.blocked", { count: blocking.length })}</Notice>}
      <div className="changes">
        <section className="fw-card" aria-label={t("changes.title")}>
          <h2>{t("changes.title")}</h2>
          <ul className="sentences">
            {draft.changes.map((change) => (
              <li key={`${change.subject} ${change.pointer} ${change.sentence}`}>{change.sentence}</li>
            ))}
            {draft.changed_documents.map((path) => (
              <li key={path}>
                <Link className="fw-tap" to={documentAddress(path)}>{path}</Link>
              </li>
            ))}
          </ul>
        </section>
        <section className="fw-card" aria-label={t("plan.title")}>
          <h2>{t("plan.title")}</h2>
          {draft.plan?.steps.length === 0 && <p className="fw-muted">{t("plan.nothing")}</p>}
          <ol className="sentences">
            {draft.plan?.steps.map((step) => (
              <li key={`${step.kind} ${step.table ?? ""} ${step.column ?? ""} ${step.sentence}`}>
                {step.sentence} {typeof step.rows === "number" && step.rows > 0 && <Tag>{t("plan.rows", { count: step.rows })}</Tag>}
              </li>
            ))}
          </ol>
        </section>
      </div>
      {blocking.length > 0 && <ProblemList problems={blocking} />}
      {publishing && <PublishDialog draft={draft} onClose={() => setPublishing(false)} />}
    </div>
  );
}
