import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { keys } from "../../api/queries.ts";
import type { EntityMeta, RecordData } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { ErrorState, Notice, Skeleton } from "../../ui/States.tsx";
import { toast } from "../../ui/toasts.ts";
import { recordPath } from "../form/data.ts";
import { Changes } from "./Changes.tsx";
import { useVersion, type VersionPreview } from "./data.ts";

export interface RestoreDialogProps {
  readonly meta: EntityMeta;
  readonly record: RecordData;
  readonly version: number;
  readonly onClose: () => void;
}

/** What going back to a version would change, before it is done; it is judged like any other change. */
export function RestoreDialog({ meta, record, version, onClose }: RestoreDialogProps) {
  const { t } = useTranslation("record");
  const line = useProblemLine();
  const client = useQueryClient();
  const preview = useVersion(meta.key, record.id, version);
  const [busy, setBusy] = useState(false);
  const errors = (preview.data?.problems ?? []).filter((problem) => problem.severity !== "warning");
  const nothing = preview.data !== undefined && isEmpty(preview.data);
  const restore = async () => {
    setBusy(true);
    try {
      await api.post<RecordData>(recordPath(meta.key, record.id, "restore"), { version }, { version: record.version });
      toast.success(t("restore.done", { version }));
      onClose();
      await Promise.all([keys.record(meta.key, record.id), keys.records(meta.key)].map((queryKey) => client.invalidateQueries({ queryKey })));
    } catch (error) {
      toast.error(line(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t("restore.title", { version })}
      size="l"
      onClose={onClose}
      data-testid="restore"
      footer={
        <>
          <Button onClick={onClose}>{t("back")}</Button>
          <Button variant="primary" busy={busy} disabled={!preview.data || nothing || errors.length > 0} onClick={() => void restore()}>
            {t("restore.action")}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        {preview.isPending && <Skeleton lines={4} />}
        {preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
        {errors.map((problem) => (
          <Notice key={`${problem.code} ${problem.pointer}`} tone="red">
            {problem.detail ?? problem.code} {problem.remedy}
          </Notice>
        ))}
        {nothing && <p className="fw-muted">{t("restore.nothing")}</p>}
        {preview.data && !nothing && (
          <>
            <p>{t("restore.text")}</p>
            <Changes meta={meta} told={preview.data} labels={preview.data.labels ?? {}} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function isEmpty(preview: VersionPreview): boolean {
  return preview.changes.length === 0 && (preview.rows ?? []).length === 0;
}
