import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Page } from "../../ui/Page.tsx";
import { ErrorState, Skeleton } from "../../ui/States.tsx";
import { RecordActions } from "./RecordActions.tsx";
import { RecordFrame } from "./RecordFrame.tsx";
import { StatusTag } from "./StatusTag.tsx";
import { recordTitle } from "./titles.ts";
import { useRecordView } from "./useRecord.ts";

/** `/r/{entity}/{id}`. */
export function RecordPage() {
  const { entity = "", id = "" } = useParams();
  return <Shown key={`${entity} ${id}`} entity={entity} id={id} />;
}

function Shown({ entity, id }: { entity: string; id: string }) {
  const { t } = useTranslation("record");
  const { meta, record, approval, waiting, failed, refresh } = useRecordView(entity, id);
  if (failed) {
    return (
      <Page title={meta?.title ?? t("title")}>
        <ErrorState error={failed} onRetry={() => void refresh()} />
      </Page>
    );
  }
  if (!meta || !record) {
    return (
      <Page title={meta?.title ?? t("title")}>
        <Skeleton />
      </Page>
    );
  }
  const title = recordTitle(meta, record);
  return (
    <RecordFrame meta={meta} record={record} approval={approval} waiting={waiting} onActed={() => void refresh()}>
      {(body, dock) => (
        <Page
          title={title}
          above={<span className="fw-muted fw-small">{meta.title}</span>}
          state={<StatusTag meta={meta} status={record.status} />}
          actions={<RecordActions meta={meta} record={record} onDone={() => void refresh()} />}
          dock={dock}
        >
          {body}
        </Page>
      )}
    </RecordFrame>
  );
}
