import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ProblemError } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { TextInput } from "../../ui/TextInput.tsx";
import { toast } from "../../ui/toasts.ts";
import type { Asking } from "./data.ts";

/** Closes a period or opens it again. What is still in approval is told first; reopening asks why. */
export function ClosingDialog({ asking, onClose }: { asking: Asking; onClose: () => void }) {
  const { t } = useTranslation("closing");
  const line = useProblemLine();
  const client = useQueryClient();
  const { ledger, book, verb } = asking;
  const [period, setPeriod] = useState((verb === "close" ? book.next : book.through) ?? "");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const pending = error instanceof ProblemError && error.code === "period_has_pending";
  const send = async () => {
    setBusy(true);
    try {
      const more = verb === "close" ? { anyway: pending } : { reason };
      await api.post(`/closings/${ledger.ledger}/${verb}`, { part: book.part, period, ...more });
      toast.success(t(`${verb}_done`, { period }));
      await client.invalidateQueries({ queryKey: ["closings"] });
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const verbText = pending ? t("close_anyway") : t(verb, { period });
  return (
    <Dialog
      title={[ledger.title, book.label].filter((part) => part !== "").join(" · ")}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant={pending || verb === "reopen" ? "danger" : "primary"} busy={busy} disabled={period === "" || (verb === "reopen" && reason.trim() === "")} onClick={() => void send()}>
            {verbText}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        <p>{t(`${verb}_text`)}</p>
        <Field label={t("period")} error={error === null ? undefined : line(error)}>
          {(ids) => (
            <TextInput
              {...ids}
              value={period}
              onChange={(value) => {
                setPeriod(value);
                setError(null);
              }}
            />
          )}
        </Field>
        {verb === "reopen" && (
          <Field label={t("reason")} required>
            {(ids) => <TextInput {...ids} value={reason} onChange={setReason} />}
          </Field>
        )}
      </div>
    </Dialog>
  );
}
