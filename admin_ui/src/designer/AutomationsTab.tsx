import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useAutomations, type Automation } from "../api/automation.ts";
import { Moment } from "../ui/Moment.tsx";
import { Empty, ErrorState, Skeleton } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";
import { Tag } from "../ui/Tag.tsx";
import { RunLog } from "./RunLog.tsx";
import { documentAddress } from "./useDraft.ts";

/** The automations of a module in the order in which they run, and what they did. */
export function AutomationsTab({ module }: { module: string }) {
  const { t } = useTranslation("automation");
  const query = useAutomations(module);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  const automations = query.data.items;
  if (automations.length === 0) return <Empty icon="refresh" title={t("none")} />;
  const columns: TableColumn<Automation>[] = [
    { key: "order", title: t("order"), width: 72, align: "end", render: (one) => one.order },
    { key: "title", title: t("title"), render: (one) => <Title one={one} /> },
    { key: "on", title: t("on"), render: (one) => <Trigger one={one} /> },
    { key: "when", title: t("when"), render: (one) => (one.when === "" ? <span className="fw-muted">{t("always")}</span> : <code className="automation-when">{one.when}</code>) },
    { key: "do", title: t("do"), render: (one) => one.effects.map((effect) => t(`effect.${effect}`)).join(" → ") },
    { key: "on_failure", title: t("on_failure"), width: 120, render: (one) => <Tag tone={one.on_failure === "refuse" ? "amber" : "grey"}>{t(`failure.${one.on_failure}`)}</Tag> },
  ];
  return (
    <div className="automations">
      <Table label={t("list")} columns={columns} rows={automations} rowKey={(one) => one.key} />
      <RunLog module={module} automations={automations} />
    </div>
  );
}

function Title({ one }: { one: Automation }) {
  return (
    <>
      <Link className="fw-tap" to={documentAddress(one.path)}>{one.title}</Link>
      {one.description !== "" && <div className="automation-lead fw-muted fw-small">{one.description}</div>}
    </>
  );
}

function Trigger({ one }: { one: Automation }) {
  const { t } = useTranslation("automation");
  return (
    <>
      {one.entity_title !== "" && `${one.entity_title} · `}
      {t(`trigger.${one.on}`)}
      {one.next_due !== null && (
        <div className="fw-muted fw-small">
          {t("next_due")} <Moment value={one.next_due} />
        </div>
      )}
    </>
  );
}
