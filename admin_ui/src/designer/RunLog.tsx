import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRuns, type Automation, type Run } from "../api/automation.ts";
import { api } from "../api/client.ts";
import { Button } from "../ui/Button.tsx";
import { Moment } from "../ui/Moment.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { Select } from "../ui/Select.tsx";
import { Empty, ErrorState, Skeleton } from "../ui/States.tsx";
import { Table, type TableColumn } from "../ui/Table.tsx";
import { Tag } from "../ui/Tag.tsx";
import { toast } from "../ui/toasts.ts";

const TONES = { done: "green", failed: "red", refused: "amber" } as const;
const RESULTS = ["done", "failed", "refused"] as const;

/** What the automations did, newest first; what failed alone can be played again. */
export function RunLog({ module, automations }: { module: string; automations: readonly Automation[] }) {
  const { t } = useTranslation("automation");
  const [automation, setAutomation] = useState("");
  const [result, setResult] = useState("");
  const query = useRuns({ module, automation, result });
  const runs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: TableColumn<Run>[] = [
    { key: "at", title: t("run.at"), width: 150, render: (run) => <Moment value={run.at} /> },
    { key: "title", title: t("title"), render: (run) => run.title },
    { key: "trigger", title: t("on"), render: (run) => t(`trigger.${run.trigger}`) },
    { key: "actor", title: t("run.actor"), width: 120, render: (run) => (run.actor.id === "system" ? t("run.system") : run.actor.name) },
    { key: "result", title: t("run.result"), width: 110, render: (run) => <Tag tone={TONES[run.result]}>{t(`result.${run.result}`)}</Tag> },
    { key: "duration", title: t("run.duration"), width: 90, align: "end", render: (run) => t("run.milliseconds", { count: run.duration_ms }) },
    { key: "problems", title: t("run.problems"), render: (run) => <Problems run={run} /> },
    { key: "open", title: "", width: 170, align: "end", render: (run) => <Acts run={run} /> },
  ];
  return (
    <section aria-labelledby="run-log">
      <div className="fw-row fw-row-wrap automation-filter">
        <h2 id="run-log" className="fw-grow">{t("run.log")}</h2>
        <Select aria-label={t("title")} value={automation} onChange={setAutomation} placeholder={t("run.all_automations")} options={automations.map((one) => ({ value: one.key, label: one.title }))} />
        <Select aria-label={t("run.result")} value={result} onChange={setResult} placeholder={t("run.all_results")} options={RESULTS.map((one) => ({ value: one, label: t(`result.${one}`) }))} />
        <Button icon="refresh" onClick={() => void query.refetch()}>{t("run.refresh")}</Button>
      </div>
      {query.isPending && <Skeleton />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && runs.length === 0 && <Empty icon="clock" title={t(automation === "" && result === "" ? "run.none" : "run.none_found")} />}
      {runs.length > 0 && <Table label={t("run.log")} columns={columns} rows={runs} rowKey={(run) => run.id} />}
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("run.more")}</Button>
      )}
    </section>
  );
}

function Problems({ run }: { run: Run }) {
  const { t } = useTranslation("automation");
  return (
    <>
      {run.problems.map((problem) => (
        <div key={`${problem.code} ${problem.detail}`} title={problem.remedy ?? ""}>{problem.detail}</div>
      ))}
      {run.chain.length > 1 && <div className="fw-muted fw-small">{t("run.chain", { chain: run.chain.join(" → ") })}</div>}
    </>
  );
}

function Acts({ run }: { run: Run }) {
  const { t } = useTranslation("automation");
  const client = useQueryClient();
  const line = useProblemLine();
  const [busy, setBusy] = useState(false);
  const replay = async () => {
    setBusy(true);
    try {
      const done = await api.post<Run>(`/automations/runs/${run.id}/replay`);
      if (done.result === "done") toast.success(t("run.replayed"));
      else toast.warn(t("run.failed_again"));
    } catch (error) {
      toast.error(line(error));
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: ["automation-runs"] });
    }
  };
  return (
    <span className="fw-row automation-acts">
      {run.record_id !== null && <Link className="fw-tap" to={`/r/${run.entity}/${run.record_id}`}>{t("run.record")}</Link>}
      {run.can_replay && <Button size="s" icon="refresh" busy={busy} onClick={() => void replay()}>{t("run.replay")}</Button>}
      {run.replayed_by !== null && <span className="fw-muted fw-small">{t("run.replayed")}</span>}
    </span>
  );
}
