import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { ModuleBrief } from "../api/draft.ts";
import { Button } from "../ui/Button.tsx";
import { Page } from "../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../ui/States.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Tag } from "../ui/Tag.tsx";
import { AutomationsTab } from "./AutomationsTab.tsx";
import { ChangesTab } from "./ChangesTab.tsx";
import { DocumentsTab } from "./DocumentsTab.tsx";
import { EntityFromFileDialog } from "./EntityFromFileDialog.tsx";
import { EntitiesTab } from "./EntitiesTab.tsx";
import { FlowsTab } from "./FlowsTab.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { PublicationsTab } from "./PublicationsTab.tsx";
import { RelationsTab } from "./RelationsTab.tsx";
import { useDraft, useModules } from "./useDraft.ts";
import "./designer.css";

/** One module: its entities, relations, flows and documents, and the way to a publication. */
export function ModulePage() {
  const { module: name = "" } = useParams();
  const { t } = useTranslation("designer");
  const query = useModules();
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  const module = query.data.items.find((one) => one.name === name);
  if (module === undefined) return <Empty icon="design" title={t("no_module", { name })} />;
  return <Module module={module} />;
}

function Module({ module }: { module: ModuleBrief }) {
  const { t } = useTranslation("designer");
  const [params, setParams] = useSearchParams();
  const draft = useDraft();
  const [fromFile, setFromFile] = useState(false);
  const make = (
    <Button icon="table" onClick={() => setFromFile(true)}>
      {t("from_file.open")}
    </Button>
  );
  const problems = draft.data?.problems.filter((problem) => problem.file?.startsWith(`${module.name}/`)) ?? [];
  const changed = draft.data?.changed_documents.length ?? 0;
  const tabs = [
    { key: "entities", label: t("tab.entities"), content: <EntitiesTab module={module} /> },
    { key: "relations", label: t("tab.relations"), content: <RelationsTab module={module} /> },
    { key: "flows", label: t("tab.flows"), content: <FlowsTab module={module} /> },
    { key: "automations", label: t("tab.automations"), content: <AutomationsTab module={module.name} /> },
    { key: "documents", label: t("tab.documents"), content: <DocumentsTab module={module.name} /> },
    { key: "problems", label: t("tab.problems"), count: problems.length, countTone: "red" as const, content: <ProblemList problems={problems} /> },
    { key: "changes", label: t("tab.changes"), count: changed, content: <ChangesTab /> },
    { key: "publications", label: t("tab.publications"), content: <PublicationsTab /> },
  ];
  return (
    <Page title={module.title} above={<Link className="fw-tap" to="/designer">{t("title")}</Link>} state={<Tag>{module.version}</Tag>} actions={make}>
      <Tabs label={module.title} items={tabs} value={params.get("tab") ?? "entities"} onChange={(tab) => setParams({ tab }, { replace: true })} />
      {fromFile && <EntityFromFileDialog module={module.name} onClose={() => setFromFile(false)} />}
    </Page>
  );
}
