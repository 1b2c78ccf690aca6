import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { ModuleBrief } from "../api/draft.ts";
import { Page } from "../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../ui/States.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Tag } from "../ui/Tag.tsx";
import { ChangesTab } from "./ChangesTab.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { PublicationsTab } from "./PublicationsTab.tsx";
import { useDraft, useModules } from "./useDraft.ts";
import "./designer.css";

/** All modules, and what is changed in any of them. */
export function ModulesPage() {
  const { t } = useTranslation("designer");
  const [params, setParams] = useSearchParams();
  const draft = useDraft();
  const changed = draft.data?.changed_documents.length ?? 0;
  const tabs = [
    { key: "modules", label: t("tab.modules"), content: <Modules /> },
    { key: "changes", label: t("tab.changes"), count: changed, content: <ChangesTab /> },
    { key: "problems", label: t("tab.problems"), count: draft.data?.problems.length, countTone: "red" as const, content: <ProblemList problems={draft.data?.problems ?? []} /> },
    { key: "publications", label: t("tab.publications"), content: <PublicationsTab /> },
  ];
  return (
    <Page title={t("title")} state={changed > 0 ? <Tag tone="amber">{t("unpublished", { count: changed })}</Tag> : undefined}>
      <Tabs label={t("title")} items={tabs} value={params.get("tab") ?? "modules"} onChange={(tab) => setParams({ tab }, { replace: true })} />
    </Page>
  );
}

function Modules() {
  const { t } = useTranslation("designer");
  const query = useModules();
  const draft = useDraft();
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton />;
  if (query.data.items.length === 0) return <Empty icon="design" title={t("no_modules")} />;
  const changed = draft.data?.changed_documents ?? [];
  return (
    <ul className="modules">
      {query.data.items.map((module) => (
        <ModuleCard key={module.name} module={module} changed={changed.filter((path) => path.startsWith(`${module.name}/`)).length} />
      ))}
    </ul>
  );
}

function ModuleCard({ module, changed }: { module: ModuleBrief; changed: number }) {
  const { t } = useTranslation("designer");
  return (
    <li>
      <Link to={`/designer/${module.name}`} className="module fw-card">
        <span className="fw-row">
          <strong className="fw-grow">{module.title}</strong>
          {changed > 0 && <Tag tone="amber">{t("unpublished", { count: changed })}</Tag>}
        </span>
        <span className="fw-muted fw-small">
          {module.name} · {module.version}
        </span>
        <span className="fw-muted">{t("module_counts", { entities: module.entities.length, flows: module.flows.length })}</span>
      </Link>
    </li>
  );
}
