import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ModuleBrief } from "../api/draft.ts";
import { CardTree } from "../ui/card-tree/CardTree.tsx";
import { Empty } from "../ui/States.tsx";
import { documentAddress } from "./useDraft.ts";

/** Every flow of the module as a tree of cards. */
export function FlowsTab({ module }: { module: ModuleBrief }) {
  const { t } = useTranslation("designer");
  if (module.flows.length === 0) return <Empty icon="tree" title={t("no_flows")} />;
  return (
    <div className="flows">
      {module.flows.map((flow) => (
        <section key={flow.key} className="fw-card" aria-label={flow.title}>
          <div className="fw-row flow-head">
            <h2 className="fw-grow">{flow.title}</h2>
            <Link className="fw-tap" to={documentAddress(flow.path)}>{t("document.open")}</Link>
          </div>
          <CardTree steps={flow.tree} label={flow.title} />
        </section>
      ))}
    </div>
  );
}
