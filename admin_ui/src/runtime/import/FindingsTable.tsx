import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { Select } from "../../ui/Select.tsx";
import { useRows, type Finding } from "./data.ts";

interface Line extends Finding {
  key: string;
}

/** Every problem with its row, cell, value and reason; the newest page is added below. */
export function FindingsTable({ job }: { job: string }) {
  const { t } = useTranslation("import");
  const [outcome, setOutcome] = useState("failed");
  const [wanted, setWanted] = useState("");
  const rows = useRows(job, outcome);
  const all = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const lines: Line[] = all.flatMap((row) => row.findings.map((one, at) => ({ ...one, key: `${row.number}-${at}` })));
  const text = wanted.trim().toLowerCase();
  const shown = lines.filter((one) => text === "" || `${one.row} ${one.cell} ${one.title} ${one.value} ${one.reason}`.toLowerCase().includes(text));
  const several = new Set(lines.map((one) => one.sheet)).size > 1;
  const columns: TableColumn<Line>[] = [
    { key: "row", title: t("found.row"), width: several ? 130 : 70, render: (one) => (several ? `${one.sheet} ${one.row}` : one.row) },
    { key: "cell", title: t("found.cell"), width: 170, render: (one) => [one.title, one.cell].filter((part) => part !== "").join(" · ") },
    { key: "value", title: t("found.value"), width: 180, render: (one) => <code className="import-value">{one.value}</code> },
    {
      key: "reason",
      title: t("found.reason"),
      render: (one) => (
        <>
          {one.severity === "warning" && <Tag tone="amber">{t("found.warning")}</Tag>} {one.reason} <span className="fw-muted">{one.remedy}</span>
        </>
      ),
    },
  ];
  return (
    <section className="fw-stack import-found" aria-label={t("found.title")}>
      <div className="fw-row fw-row-wrap">
        <h2 className="fw-grow">{t("found.title")}</h2>
        <TextInput className="import-find" type="search" aria-label={t("found.search")} placeholder={t("found.search")} value={wanted} onChange={setWanted} />
        <Select className="import-find" aria-label={t("found.which")} value={outcome} onChange={setOutcome} options={["failed", "created", "updated", "unchanged"].map((value) => ({ value, label: t(`found.of_${value}`) }))} />
      </div>
      {rows.isPending && <Skeleton lines={4} />}
      {rows.isError && <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />}
      {rows.isSuccess && <Table label={t("found.title")} columns={columns} rows={shown} rowKey={(one) => one.key} empty={t("found.none")} />}
      {rows.hasNextPage && (
        <Button busy={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {t("found.more")}
        </Button>
      )}
    </section>
  );
}
