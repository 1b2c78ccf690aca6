import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ActAnswer } from "../../api/approval.ts";
import { ErrorState, Skeleton } from "../../ui/States.tsx";
import { RecordFrame } from "./RecordFrame.tsx";
import { StatusTag } from "./StatusTag.tsx";
import { recordTitle } from "./titles.ts";
import { useRecordView } from "./useRecord.ts";

export interface RecordPanelProps {
  readonly entity: string;
  readonly id: string;
  /** After a decision, with the answer that names the next task; null when somebody else was faster. */
  readonly onActed?: ((answer: ActAnswer | null) => void) | undefined;
}

/** A record beside a list: the same as its page, one column, with the decision docked below. */
export function RecordPanel({ entity, id, onActed }: RecordPanelProps) {
  const { t } = useTranslation("record");
  const { meta, record, approval, waiting, failed, refresh } = useRecordView(entity, id);
  if (failed) return <ErrorState error={failed} onRetry={() => void refresh()} />;
  if (!meta || !record) return <Skeleton />;
  const acted = (answer: ActAnswer | null) => {
    void refresh().then(() => onActed?.(answer));
  };
  return (
    <RecordFrame key={`${entity} ${id}`} meta={meta} record={record} approval={approval} waiting={waiting} narrow onActed={acted}>
      {(body, dock) => (
        <article className="record-panel" aria-label={recordTitle(meta, record)} data-testid="record-panel">
          <header className="fw-row fw-row-wrap record-panel-head">
            <h2>{recordTitle(meta, record)}</h2>
            <StatusTag meta={meta} status={record.status} />
            <span className="fw-grow fw-muted fw-small">{meta.title}</span>
            <Link to={`/r/${entity}/${id}`}>{t("open")}</Link>
          </header>
          {body}
          {dock && <footer className="record-panel-dock">{dock}</footer>}
        </article>
      )}
    </RecordFrame>
  );
}
