import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { download } from "../../api/download.ts";
import type { Job } from "../../api/job.ts";
import { Button } from "../../ui/Button.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { countsOf } from "./data.ts";
import { FindingsTable } from "./FindingsTable.tsx";

interface JobStepProps {
  entity: string;
  job: Job;
}

/** A check or an import: how far it is, then what it found. */
export function JobStep({ entity, job }: JobStepProps) {
  const { t } = useTranslation("import");
  const line = useProblemLine();
  const [failure, setFailure] = useState<string | null>(null);
  const commits = job.kind === "import";
  const act = (doing: Promise<unknown>) => doing.then(() => setFailure(null)).catch((error: unknown) => setFailure(line(error)));
  if (job.state === "queued" || job.state === "running") {
    const share = job.total === null || job.total === 0 ? 0 : job.done / job.total;
    return (
      <section className="import-working" aria-label={t(commits ? "work.importing" : "work.checking")}>
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        <output>
          {t(commits ? "work.importing" : "work.checking")} {job.total !== null && job.done > 0 && t("work.progress", { done: job.done, total: job.total })}
        </output>
        <ProgressBar share={share.toFixed(3)} />
        <p className="fw-muted">{t("work.leave")}</p>
        <Button onClick={() => void act(api.post(`/jobs/${job.id}/cancel`))}>{t("work.cancel")}</Button>
      </section>
    );
  }
  if (job.state === "cancelled") return <Notice tone="amber">{t("work.cancelled")}</Notice>;
  if (job.state === "failed") {
    return (
      <Notice tone="red">
        {job.error?.title} {job.error?.detail} {job.error?.problems.map((one) => one.detail).join(" ")}
      </Notice>
    );
  }
  const counts = countsOf(job);
  const tone = counts.refused === 0 ? "green" : counts.written ? "amber" : "red";
  const told = commits ? (counts.written ? "result.written" : "result.nothing") : counts.refused === 0 ? "result.fine" : "result.some_bad";
  return (
    <div className="fw-stack">
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      <Notice tone={tone}>{t(told, { ...counts, count: counts.refused })}</Notice>
      <dl className="import-counts">
        {(["created", "updated", "unchanged", "refused"] as const).map((name) => (
          <div key={name} className={name === "refused" && counts.refused > 0 ? "import-count import-count-bad" : "import-count"}>
            <dt>{t(`result.${commits ? "" : "would_"}${name}`)}</dt>
            <dd>{counts[name].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {counts.refused > 0 && (
        <div>
          <Button icon="table" onClick={() => void act(download(`/imports/${entity}/jobs/${job.id}/errors`))}>
            {t("result.errors")}
          </Button>
        </div>
      )}
      <FindingsTable job={job.id} />
    </div>
  );
}
