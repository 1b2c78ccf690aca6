import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ProblemError } from "../api/client.ts";
import type { Draft } from "../api/draft.ts";
import type { ProblemItem } from "../api/problem.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { Notice } from "../ui/States.tsx";
import { TextArea } from "../ui/TextInput.tsx";
import { toast } from "../ui/toasts.ts";
import { ProblemList } from "./ProblemList.tsx";
import { useRefreshAll } from "./useDraft.ts";

/** A publish says why: the note is required and stays with the publication. */
export function PublishDialog({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useTranslation("designer");
  const line = useProblemLine();
  const refresh = useRefreshAll();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly ProblemItem[]>([]);
  const publish = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { number } = await api.post<{ number: number }>("/publications", { note: note.trim() });
      toast.success(t("publish.done", { number }));
      onClose();
      await refresh();
    } catch (error) {
      setFailure(line(error));
      setProblems(error instanceof ProblemError ? error.problems : []);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t("publish.title")}
      onClose={onClose}
      data-testid="publish-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t("publish.keep")}</Button>
          <Button variant="primary" busy={busy} disabled={note.trim() === ""} onClick={() => void publish()}>
            {t("publish.action")}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        <p>{t("publish.lead", { documents: draft.changed_documents.length, steps: draft.plan?.steps.length ?? 0 })}</p>
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        {problems.length > 0 && <ProblemList problems={problems} />}
        <Field label={t("publish.note")} required help={t("publish.note_help")}>
          {(ids) => <TextArea {...ids} value={note} onChange={setNote} />}
        </Field>
      </div>
    </Dialog>
  );
}
