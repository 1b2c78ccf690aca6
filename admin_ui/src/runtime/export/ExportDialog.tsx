import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { download, requestFile, save } from "../../api/download.ts";
import { isOver, useJob, type Job } from "../../api/job.ts";
import type { EntityMeta } from "../../api/meta.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Select } from "../../ui/Select.tsx";
import { Notice } from "../../ui/States.tsx";

export interface Asked {
  view: string;
  q: string;
  filter: unknown;
  sort: string;
  fields: string;
}

interface ExportDialogProps {
  meta: EntityMeta;
  /** The list as it is shown. */
  asked: Asked;
  onClose: () => void;
}

const KINDS = ["xlsx", "csv"] as const;

/** The list as it is, or with all fields, into a file: a short one comes at once, a long one when it is ready. */
export function ExportDialog({ meta, asked, onClose }: ExportDialogProps) {
  const { t } = useTranslation("export");
  const line = useProblemLine();
  const [kind, setKind] = useState<string>("xlsx");
  const [columns, setColumns] = useState("shown");
  const [rows, setRows] = useState("none");
  const [made, setMade] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const job = useJob(made).data;
  const hasTables = meta.fields.some((field) => field.type === "sub_table");
  const all = meta.fields.filter((field) => field.type !== "sub_table").map((field) => field.name);
  const tried = async (act: () => Promise<void>) => {
    setBusy(true);
    try {
      await act();
      setFailure(null);
    } catch (error) {
      setFailure(line(error));
    } finally {
      setBusy(false);
    }
  };
  const ask = () =>
    tried(async () => {
      const body = { ...asked, format: kind, rows, fields: columns === "all" ? all.join(",") : asked.fields };
      const found = await requestFile<Job>(`/exports/${meta.key}`, body);
      if ("answer" in found) {
        setMade(found.answer.id);
        return;
      }
      save(found.file, found.name);
      onClose();
    });
  const fetchFile = () =>
    tried(async () => {
      await download(`/exports/jobs/${made}/file`);
      onClose();
    });
  return (
    <Dialog
      title={t("title", { title: meta.title })}
      size="s"
      onClose={onClose}
      data-testid="export-dialog"
      footer={
        made === null ? (
          <Button variant="primary" busy={busy} onClick={() => void ask()}>
            {t("export")}
          </Button>
        ) : (
          <>
            {!isOver(job) && <Button onClick={() => void tried(() => api.post(`/jobs/${made}/cancel`))}>{t("cancel")}</Button>}
            <Button variant="primary" busy={busy} disabled={job?.state !== "done"} onClick={() => void fetchFile()}>
              {t("download")}
            </Button>
          </>
        )
      }
    >
      <div className="fw-stack">
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        {made === null && (
          <>
            <p className="fw-muted">{t("what")}</p>
            <Field label={t("kind")}>{(ids) => <Select {...ids} value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} />}</Field>
            <Field label={t("columns")}>{(ids) => <Select {...ids} value={columns} onChange={setColumns} options={["shown", "all"].map((value) => ({ value, label: t(`column.${value}`) }))} />}</Field>
            {hasTables && <Field label={t("rows")}>{(ids) => <Select {...ids} value={rows} onChange={setRows} options={(kind === "csv" ? ["none", "repeated"] : ["none", "sheets", "repeated"]).map((value) => ({ value, label: t(`row.${value}`) }))} />}</Field>}
          </>
        )}
        {made !== null && <Progress job={job} />}
      </div>
    </Dialog>
  );
}

function Progress({ job }: { job: Job | undefined }) {
  const { t } = useTranslation("export");
  if (job?.state === "failed") return <Notice tone="red">{job.error?.title}</Notice>;
  if (job?.state === "cancelled") return <Notice tone="amber">{t("cancelled")}</Notice>;
  const share = job === undefined || !job.total ? 0 : job.done / job.total;
  return (
    <>
      <output>{job?.state === "done" ? t("ready", { count: job.done }) : t("writing", { done: job?.done ?? 0, total: job?.total ?? 0 })}</output>
      <ProgressBar share={(job?.state === "done" ? 1 : share).toFixed(3)} />
    </>
  );
}
