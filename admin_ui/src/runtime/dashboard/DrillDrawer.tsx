import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DrillDocument } from "../../api/figures.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Drawer } from "../../ui/Dialog.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { useDocuments, type Where } from "./useFigures.ts";

interface DrillDrawerProps {
  title: string;
  measure: string;
  where: Where;
  onClose: () => void;
}

/** The documents that a figure is the sum of. */
export function DrillDrawer({ title, measure, where, onClose }: DrillDrawerProps) {
  const { t } = useTranslation("dashboard");
  const query = useDocuments(measure, where);
  const documents = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total;
  const columns: TableColumn<DrillDocument>[] = [
    { key: "label", title: t("document"), render: (one) => <Link className="fw-tap fw-nowrap" to={`/r/${one.entity}/${one.record_id}`}>{one.label}</Link>, foot: t("total") },
    { key: "entity", title: t("kind"), render: (one) => one.entity_title },
    { key: "date", title: t("date"), render: (one) => <span className="fw-nowrap">{one.date ?? ""}</span> },
    { key: "amount", title: t("amount"), align: "end", render: (one) => <Amount value={one.amount} />, foot: total === undefined ? undefined : <Amount value={total} /> },
  ];
  return (
    <Drawer title={title} size="l" onClose={onClose} data-testid="drill">
      {query.isPending && <Skeleton />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && documents.length === 0 && <Empty icon="file" title={t("no_documents")} />}
      {documents.length > 0 && <Table label={title} columns={columns} rows={documents} rowKey={(one) => `${one.entity} ${one.record_id}`} />}
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("load_more")}
        </Button>
      )}
    </Drawer>
  );
}
