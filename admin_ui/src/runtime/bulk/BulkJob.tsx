import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { isOver, useJob, type Job } from "../../api/job.ts";
import { keys } from "../../api/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { ErrorState, Notice, Skeleton } from "../../ui/States.tsx";
import { Counts, Refused } from "./Counts.tsx";
import { countsOf, useRefused } from "./data.ts";

/** A bulk change at work, then what became of it; it can be stopped on the way and taken back afterwards. */
export function BulkJob({ entity, job, names }: { entity: string; job: string; names: ReadonlyMap<string, string> }) {
  const line = useProblemLine();
  const client = useQueryClient();
  const [shown, setShown] = useState(job);
  const [failure, setFailure] = useState<string | null>(null);
  const told = useJob(shown);
  const over = isOver(told.data);
  useEffect(() => {
    if (!over) return;
    for (const queryKey of [keys.records(entity), ["record", entity], keys.figures, keys.tasks()]) void client.invalidateQueries({ queryKey });
  }, [over, client, entity]);
  if (told.isError) return <ErrorState error={told.error} onRetry={() => void told.refetch()} />;
  if (!told.data) return <Skeleton lines={2} />;
  const act = (path: string) =>
    api.post<Job>(`/jobs/${shown}/${path}`).then(
      (made) => {
        setFailure(null);
        setShown(made.id);
        void told.refetch();
      },
      (error: unknown) => setFailure(line(error)),
    );
  return (
    <section className="fw-stack" aria-label={told.data.title} aria-busy={!over}>
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      {over ? <Ended entity={entity} names={names} job={told.data} onUndo={() => void act("undo")} /> : <Working job={told.data} onCancel={() => void act("cancel")} />}
    </section>
  );
}

function Working({ job, onCancel }: { job: Job; onCancel: () => void }) {
  const { t } = useTranslation("bulk");
  return (
    <>
      <output>{t("working", { title: job.title, done: job.done, total: job.total ?? "…" })}</output>
      <progress className="bulk-progress" aria-label={job.title} max={job.total ?? 1} value={job.total === null ? undefined : job.done} />
      <p className="fw-muted">{t("leave")}</p>
      <span>
        <Button onClick={onCancel}>{t("stop")}</Button>
      </span>
    </>
  );
}

function Ended({ entity, job, names, onUndo }: { entity: string; job: Job; names: ReadonlyMap<string, string>; onUndo: () => void }) {
  const { t } = useTranslation("bulk");
  const refused = useRefused(job.id, job.failed);
  const rows = (refused.data?.items ?? []).map((row) => ({ id: row.record_id ?? "", number: row.number, problems: row.problems ?? [] }));
  const tone = job.state === "failed" || job.failed === job.done ? "red" : job.failed > 0 || job.state === "cancelled" ? "amber" : "green";
  return (
    <>
      <Notice
        tone={tone}
        action={
          job.actions.includes("undo") && (
            <Button size="s" icon="return" onClick={onUndo}>
              {t("undo")}
            </Button>
          )
        }
      >
        {t(`ended.${job.state}`, { title: job.title, done: job.done, total: job.total ?? job.done })} {job.error?.title}
      </Notice>
      <Counts counts={countsOf(job)} />
      <Refused entity={entity} rows={rows} names={names} />
    </>
  );
}
