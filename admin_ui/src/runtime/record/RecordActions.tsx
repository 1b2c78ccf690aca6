import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, ProblemError } from "../../api/client.ts";
import { keys } from "../../api/queries.ts";
import type { EntityMeta, RecordData } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { toast } from "../../ui/toasts.ts";
import { binPath } from "../bin/data.ts";
import { recordPath } from "../form/data.ts";
import { RecordButtons } from "./RecordButtons.tsx";
import { RecordMore } from "./RecordMore.tsx";
import { recordTitle } from "./titles.ts";

type Step = "submit" | "withdraw" | "void" | "delete";

export interface RecordActionsProps {
  readonly meta: EntityMeta;
  readonly record: RecordData;
  readonly onDone: () => void;
}

/** What may be done with a record by whom it belongs to; what cannot be undone names the record and is typed. */
export function RecordActions({ meta, record, onDone }: RecordActionsProps) {
  const { t } = useTranslation("record");
  const navigate = useNavigate();
  const client = useQueryClient();
  const line = useProblemLine();
  const [asking, setAsking] = useState<Step | null>(null);
  const [busy, setBusy] = useState(false);
  const may = (action: string) => (record.actions ?? []).includes(action);
  const title = recordTitle(meta, record);
  const undelete = async () => {
    try {
      await api.post<RecordData>(binPath(meta.key, record.id, "restore"));
      await client.invalidateQueries({ queryKey: keys.records(meta.key) });
      toast.success(t("undeleted", { title }), { label: t("open_again"), run: () => void navigate(`/r/${meta.key}/${record.id}`) });
    } catch (error) {
      toast.error(line(error));
    }
  };
  const run = async (step: Step) => {
    setBusy(true);
    try {
      if (step === "delete") await api.delete(recordPath(meta.key, record.id), { version: record.version });
      else await api.post<RecordData>(recordPath(meta.key, record.id, step), {}, { version: record.version });
      setAsking(null);
      toast.success(t(`done.${step}`, { title }), step === "delete" ? { label: t("undo"), run: () => void undelete() } : undefined);
      if (step !== "delete") return onDone();
      // The list that one goes back to was fetched a moment ago, with what is gone now.
      await Promise.all([keys.records(meta.key), keys.figures].map((queryKey) => client.invalidateQueries({ queryKey })));
      void navigate(-1);
    } catch (error) {
      setAsking(null);
      toast.error(line(error));
      if (error instanceof ProblemError && step === "submit" && error.status === 422) void navigate(`/r/${meta.key}/${record.id}/edit`);
      else if (error instanceof ProblemError && [409, 412].includes(error.status)) onDone();
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <RecordMore meta={meta} record={record} />
      <RecordButtons meta={meta} record={record} onDone={onDone} />
      {may("delete") && (
        <Button icon="trash" variant="ghost" onClick={() => setAsking("delete")}>
          {t("verb.delete")}
        </Button>
      )}
      {may("void") && (
        <Button variant="danger" onClick={() => setAsking("void")}>
          {t("verb.void")}
        </Button>
      )}
      {may("withdraw") && (
        <Button icon="return" onClick={() => setAsking("withdraw")}>
          {t("verb.withdraw")}
        </Button>
      )}
      {may("update") && (
        <Button icon="edit" variant={may("submit") ? "secondary" : "primary"} onClick={() => void navigate(`/r/${meta.key}/${record.id}/edit`)}>
          {t("verb.edit")}
        </Button>
      )}
      {may("submit") && (
        <Button icon="send" variant="primary" busy={busy && asking === null} onClick={() => void run("submit")}>
          {t(meta.has_flow ? "verb.submit_flow" : "verb.submit")}
        </Button>
      )}
      {asking !== null && (
        <ConfirmDialog
          title={t(`ask.${asking}`, { title })}
          action={t(`verb.${asking}`)}
          danger={asking !== "withdraw"}
          busy={busy}
          typed={asking === "void" ? title : undefined}
          onConfirm={() => void run(asking)}
          onClose={() => setAsking(null)}
        >
          {t(`consequence.${asking}`, { title })}
        </ConfirmDialog>
      )}
    </>
  );
}
