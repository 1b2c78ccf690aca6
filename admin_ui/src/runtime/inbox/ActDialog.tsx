import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approval, SeatVerb, Task } from "../../api/approval.ts";
import { api } from "../../api/client.ts";
import { keys, searchPeople } from "../../api/queries.ts";
import type { Option } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Select } from "../../ui/Select.tsx";
import { Notice } from "../../ui/States.tsx";
import { TextArea } from "../../ui/TextInput.tsx";
import { toast } from "../../ui/toasts.ts";
import { act, type ActBody } from "./useTasks.ts";

interface ActDialogProps {
  task: Task;
  verb: SeatVerb;
  onDone: () => void;
  onClose: () => void;
}

/** The second click: what it is about, a comment, and where to or to whom if that must be said. */
export function ActDialog({ task, verb, onDone, onClose }: ActDialogProps) {
  const { t } = useTranslation("inbox");
  const line = useProblemLine();
  const [comment, setComment] = useState("");
  const [target, setTarget] = useState("");
  const [to, setTo] = useState<Option | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const targets = useReturnTargets(task, verb === "return");
  const node = target === "" ? (targets[0]?.node ?? "") : target;
  const explained = verb === "agree" || verb === "reject" || comment.trim() !== "";
  const ready = explained && (verb !== "transfer" || to !== null) && (verb !== "return" || node !== "");
  const send = async () => {
    const body: ActBody = comment.trim() === "" ? {} : { comment: comment.trim() };
    if (verb === "return") body.targets = [node];
    if (verb === "transfer" && to !== null) body.to = to.id;
    setBusy(true);
    setFailure(null);
    try {
      await act(task, verb, body);
      toast.success(t(`did.${verb}`, { label: task.record_label }));
      onDone();
    } catch (error) {
      setFailure(line(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(`ask.${verb}`, { label: task.record_label })}
      size="s"
      onClose={onClose}
      data-testid="act-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button variant={verb === "reject" ? "danger" : "primary"} busy={busy} disabled={!ready} onClick={() => void send()}>
            {t(`verb.${verb}`)}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        {failure !== null && <Notice tone="red">{failure}</Notice>}
        {verb === "return" && (
          <Field label={t("return_to")} required>
            {(ids) => <Select {...ids} value={node} onChange={setTarget} options={targets.map((one) => ({ value: one.node, label: one.title }))} />}
          </Field>
        )}
        {verb === "transfer" && (
          <Field label={t("transfer_to")} required>
            {(ids) => <Combobox {...ids} value={to} onChange={setTo} search={searchPeople} />}
          </Field>
        )}
        <Field label={t("comment")} required={verb === "return" || verb === "transfer"}>
          {(ids) => <TextArea {...ids} value={comment} onChange={setComment} />}
        </Field>
      </div>
    </Dialog>
  );
}

function useReturnTargets(task: Task, enabled: boolean) {
  const approval = useQuery({
    queryKey: keys.approval(task.entity, task.record_id),
    queryFn: () => api.get<Approval>(`/records/${task.entity}/${task.record_id}/approval`),
    enabled,
  });
  return approval.data?.my_seat?.return_targets ?? [];
}
