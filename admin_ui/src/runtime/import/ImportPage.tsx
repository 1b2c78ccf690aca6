import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api } from "../../api/client.ts";
import { isOver, useJob, type Job } from "../../api/job.ts";
import { keys, useEntity } from "../../api/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Empty, ErrorState, Notice, Skeleton } from "../../ui/States.tsx";
import { ColumnsStep } from "./ColumnsStep.tsx";
import { chosenSheets, countsOf, FIRST_OPTIONS, type Offer, type Options, type Resumed, type SheetOffer } from "./data.ts";
import { FileStep } from "./FileStep.tsx";
import { JobStep } from "./JobStep.tsx";
import { Steps, type StepName } from "./Steps.tsx";
import "./import.css";

interface Work {
  offer: Offer;
  options: Options;
}

/** File, columns, check, result. The job is in the address: who comes back finds it as it is. */
export function ImportPage() {
  const { entity = "" } = useParams();
  const { t } = useTranslation("import");
  const [params] = useSearchParams();
  // Only the job that one came with is looked up: of those begun here everything is known.
  const [job] = useState(params.get("job"));
  const meta = useEntity(entity);
  const resumed = useQuery({ queryKey: ["import", entity, job], queryFn: () => api.get<Resumed>(`/imports/${entity}/jobs/${job}`), enabled: job !== null, staleTime: Infinity });
  if (meta.isError) return <ErrorState error={meta.error} onRetry={() => void meta.refetch()} />;
  if (resumed.isError) return <ErrorState error={resumed.error} onRetry={() => void resumed.refetch()} />;
  if (meta.data === undefined || (job !== null && resumed.data === undefined)) return <Skeleton />;
  if (!meta.data.actions.includes("import")) return <Empty icon="table" title={t("not_allowed", { title: meta.data.title })} />;
  return <Wizard entity={entity} title={meta.data.title} start={resumed.data === undefined ? null : workOf(resumed.data)} />;
}

/** What was chosen for the columns, laid over what the file offers. */
function workOf({ source, choices }: Resumed): Work {
  const { mode, key, all_or_nothing, clear_blanks, submit } = choices;
  const sheets: SheetOffer[] = source.sheets.map((sheet) => {
    const chosen = choices.sheets.find((one) => one.sheet === sheet.sheet);
    return { ...sheet, columns: chosen?.columns ?? sheet.columns.map((column) => ({ ...column, field: "" })) };
  });
  return { offer: { ...source, sheets }, options: { mode, key, all_or_nothing, clear_blanks, submit } };
}

function stepOf(work: Work | null, job: Job | undefined, back: boolean): StepName {
  if (work === null) return "file";
  if (job === undefined || back) return "columns";
  return job.kind === "import" ? "result" : "check";
}

function Wizard({ entity, title, start }: { entity: string; title: string; start: Work | null }) {
  const { t } = useTranslation("import");
  const line = useProblemLine();
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const [work, setWork] = useState(start);
  const [back, setBack] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const job = useJob(params.get("job")).data;
  const step = stepOf(work, job, back);
  const begin = async (verb: "checks" | "runs", all_or_nothing: boolean) => {
    if (work === null) return;
    setBusy(true);
    try {
      const body = { ...work.options, file: work.offer.file, sheets: chosenSheets(work.offer.sheets), all_or_nothing };
      const made = await api.post<Job>(`/imports/${entity}/${verb}`, body);
      setFailure(null);
      setBack(false);
      setParams({ job: made.id }, { replace: true });
      await client.invalidateQueries({ queryKey: keys.records(entity) });
    } catch (error) {
      setFailure(line(error));
    } finally {
      setBusy(false);
    }
  };
  const waits = step === "columns" || isOver(job);
  const anew = () => {
    setWork(null);
    setBack(false);
    setParams({}, { replace: true });
  };
  return (
    <Page title={t("title", { title })} width="form" dock={waits && step !== "file" ? <Dock step={step} job={job} busy={busy} onBegin={(verb, all) => void begin(verb, all)} onBack={() => setBack(true)} onAnew={anew} /> : undefined}>
      <div className="fw-stack">
        <Steps now={step} />
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        {step === "file" && <FileStep entity={entity} title={title} onOffer={(offer) => setWork({ offer, options: { ...FIRST_OPTIONS, mode: offer.can.includes("create") ? "create" : "update", key: offer.can.includes("create") ? [] : (offer.keys[0] ?? []) } })} />}
        {step === "columns" && work !== null && <ColumnsStep entity={entity} offer={work.offer} options={work.options} onOffer={(offer) => setWork({ ...work, offer })} onOptions={(options) => setWork({ ...work, options })} />}
        {(step === "check" || step === "result") && job !== undefined && <JobStep entity={entity} job={job} />}
      </div>
    </Page>
  );
}

interface DockProps {
  step: StepName;
  job: Job | undefined;
  busy: boolean;
  onBegin: (verb: "checks" | "runs", allOrNothing: boolean) => void;
  onBack: () => void;
  onAnew: () => void;
}

/** The way on: check first; then all rows, or the good ones. */
function Dock({ step, job, busy, onBegin, onBack, onAnew }: DockProps) {
  const { t } = useTranslation("import");
  if (step === "columns") {
    return (
      <>
        <Button onClick={onAnew}>{t("other_file")}</Button>
        <Button variant="primary" busy={busy} onClick={() => onBegin("checks", true)} data-testid="import-check">
          {t("check")}
        </Button>
      </>
    );
  }
  if (job === undefined) return null;
  const counts = countsOf(job);
  const good = counts.created + counts.updated;
  if (step === "result") {
    return (
      <>
        {!counts.written && <Button onClick={onBack}>{t("back")}</Button>}
        <Button onClick={onAnew}>{t("other_file")}</Button>
        <Link className="fw-button fw-button-primary fw-button-m" to="/">
          {t("done")}
        </Link>
      </>
    );
  }
  return (
    <>
      <Button onClick={onBack}>{t("back")}</Button>
      <Button onClick={onAnew}>{t("other_file")}</Button>
      <Button variant="primary" busy={busy} disabled={good === 0} onClick={() => onBegin("runs", counts.refused === 0)} data-testid="import-run">
        {counts.refused === 0 ? t("run_all", { count: good }) : t("run_good", { count: good })}
      </Button>
    </>
  );
}
