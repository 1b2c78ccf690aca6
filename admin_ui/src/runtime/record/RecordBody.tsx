import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Approval } from "../../api/approval.ts";
import type { FormStore } from "../../core/form/store.ts";
import type { EntityMeta, FormItem, RecordData } from "../../core/form/types.ts";
import { CardTree } from "../../ui/card-tree/CardTree.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Skeleton } from "../../ui/States.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { FormContext } from "../form/FormContext.ts";
import { FormLayout } from "../form/FormLayout.tsx";
import { Revealer } from "../form/reveal.ts";
import { Entries } from "./Entries.tsx";
import { History } from "./History.tsx";
import { Timeline } from "./Timeline.tsx";
import "./record.css";

const DiscussionTab = lazy(() => import("../talk/DiscussionTab.tsx").then((module) => ({ default: module.DiscussionTab })));

export interface RecordBodyProps {
  readonly meta: EntityMeta;
  readonly record: RecordData;
  readonly store: FormStore;
  readonly items: readonly FormItem[];
  readonly approval: Approval | null;
  readonly waiting: boolean;
  /** How often acting was refused because of a value. */
  readonly attempt: number;
  /** Beside a list there is no room for a column of its own. */
  readonly narrow?: boolean | undefined;
}

/** A record for reading: its values as its form lays them out, the way of its approval, what happened to it. */
export function RecordBody({ meta, record, store, items, approval, waiting, attempt, narrow }: RecordBodyProps) {
  const scope = useMemo(() => ({ store, revealer: new Revealer() }), [store]);
  const flows = meta.kind === "document" && meta.has_flow === true;
  return (
    <div className={narrow || !flows ? "record record-narrow" : "record"}>
      <div className="fw-stack record-main">
        <FormContext value={scope}>
          <ErrorSummary attempt={attempt} />
          <FormLayout items={items} />
        </FormContext>
        <Facts meta={meta} record={record} />
      </div>
      {flows && <aside className="fw-stack record-side">{waiting ? <Skeleton lines={5} /> : approval && <ApprovalCards approval={approval} />}</aside>}
      <div className="record-below">
        <Below meta={meta} record={record} />
      </div>
    </div>
  );
}

function ApprovalCards({ approval }: { approval: Approval }) {
  const { t } = useTranslation("record");
  return (
    <>
      <section className="fw-card fw-stack" aria-label={t("approval")}>
        <h2>{approval.instance?.flow_title ?? t("approval")}</h2>
        {approval.path.length > 0 ? <CardTree steps={approval.path} /> : <p className="fw-muted">{t("approval_empty")}</p>}
      </section>
      <section className="fw-card fw-stack">
        <h2>{t("timeline.title")}</h2>
        <Timeline events={approval.events} />
      </section>
    </>
  );
}

/** When it was made, submitted, took effect. */
function Facts({ meta, record }: { meta: EntityMeta; record: RecordData }) {
  const { t } = useTranslation("record");
  const facts = (["created_at", "updated_at", "submitted_at", "effective_at"] as const).filter((name) => record[name]);
  if (facts.length === 0) return null;
  return (
    <dl className="record-facts fw-small fw-muted">
      {facts.map((name) => (
        <div key={name}>
          <dt>{meta.system_fields?.find((field) => field.name === name)?.title ?? t(`fact.${name}`)}</dt>
          <dd>
            <Moment value={record[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Below({ meta, record }: { meta: EntityMeta; record: RecordData }) {
  const { t } = useTranslation("record");
  const sought = useSearchParams()[0].get("comment") ?? "";
  const [chosen, setChosen] = useState(sought === "" ? "history" : "discussion");
  const tabs: { key: string; label: string; content: ReactNode }[] = [
    { key: "history", label: t("history.title"), content: <History meta={meta} record={record} /> },
    {
      key: "discussion",
      label: t("discussion.title"),
      content: (
        <Suspense fallback={<Skeleton lines={4} />}>
          <DiscussionTab key={sought} entity={meta.key} id={record.id} sought={sought} />
        </Suspense>
      ),
    },
    ...(meta.kind === "document" ? [{ key: "entries", label: t("entries.title"), content: <Entries meta={meta} id={record.id} /> }] : []),
  ];
  return (
    <section className="fw-card" aria-label={t("more")}>
      <Tabs label={t("more")} items={tabs} value={chosen} onChange={setChosen} />
    </section>
  );
}
