import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityMeta } from "../../api/meta.ts";
import type { Json } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { BulkFields } from "./BulkFields.tsx";
import { BulkJob } from "./BulkJob.tsx";
import { Counts, Refused } from "./Counts.tsx";
import { bulk, type BulkAction, type BulkAnswer, type Chosen } from "./data.ts";
import "./bulk.css";

export interface BulkDialogProps {
  readonly meta: EntityMeta;
  readonly action: BulkAction;
  readonly chosen: Chosen;
  /** How many are meant, in words. */
  readonly words: string;
  /** What loaded records are called, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly onClose: () => void;
  /** Something was done: the choice is spent. */
  readonly onDone: () => void;
}

/** A field without a value is named and not filled yet. */
type Values = Readonly<Record<string, Json | undefined>>;

/** Many records at once: say what, try it, do it, see what became of each, and take it back. */
export function BulkDialog({ meta, action, chosen, words, names, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation("bulk");
  const line = useProblemLine();
  // Fixed at the start: the list below changes while this is at work.
  const [records] = useState(chosen);
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState<BulkAnswer | null>(null);
  const [job, setJob] = useState<string | null>(null);
  const [busy, setBusy] = useState<"try" | "do" | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const filled = Object.entries(values).flatMap(([name, value]): [string, Json][] => (value === undefined ? [] : [[name, value]]));
  const ready = action !== "update" || (filled.length > 0 && filled.length === Object.keys(values).length);
  const run = async (dryRun: boolean) => {
    setBusy(dryRun ? "try" : "do");
    setFailure(null);
    try {
      const answer = await bulk(meta.key, action, records, action === "update" ? Object.fromEntries(filled) : {}, dryRun);
      if (dryRun) setTried(answer);
      else setJob(answer.job?.id ?? null);
    } catch (error) {
      setFailure(line(error));
    } finally {
      setBusy(null);
    }
  };
  const close = () => {
    if (job !== null) onDone();
    onClose();
  };
  const change = (next: Values) => {
    setValues(next);
    setTried(null);
  };
  const footer =
    job === null ? (
      <>
        <Button onClick={close}>{t("cancel")}</Button>
        <Button busy={busy === "try"} disabled={!ready || busy !== null} onClick={() => void run(true)}>
          {t("try")}
        </Button>
        <Button variant={action === "delete" ? "danger" : "primary"} busy={busy === "do"} disabled={!ready || busy !== null} onClick={() => void run(false)}>
          {t(`do.${action}`)}
        </Button>
      </>
    ) : (
      <Button variant="primary" onClick={close}>
        {t("close")}
      </Button>
    );
  return (
    <Dialog title={t(`title.${action}`, { words })} size="l" onClose={close} footer={footer} data-testid="bulk">
      <div className="fw-stack">
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        {job === null && action === "update" && <BulkFields meta={meta} values={values} onChange={change} />}
        {job === null && action !== "update" && <p>{t(`consequence.${action}`)}</p>}
        {job === null && tried !== null && <Tried entity={meta.key} answer={tried} names={names} />}
        {job !== null && <BulkJob entity={meta.key} job={job} names={names} />}
      </div>
    </Dialog>
  );
}

/** What a rehearsal says. */
function Tried({ entity, answer, names }: { entity: string; answer: BulkAnswer; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation("bulk");
  const refused = (answer.results ?? []).filter((one) => one.status === "refused");
  return (
    <section className="fw-stack" aria-label={t("tried")}>
      <h3>{t("tried")}</h3>
      {answer.tried !== answer.matched && <p className="fw-muted">{t("tried_some", { tried: answer.tried, matched: answer.matched })}</p>}
      <Counts counts={answer.counts ?? {}} would />
      <Refused entity={entity} names={names} rows={refused.map((one) => ({ id: one.id, number: one.row, problems: one.problems }))} />
    </section>
  );
}
