import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field } from "./Field.tsx";
import { TextInput } from "./TextInput.tsx";

export interface ConfirmDialogProps {
  title: string;
  /** What happens then, with the name of the thing. */
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  danger?: boolean | undefined;
  busy?: boolean | undefined;
  /** What must be typed first, where nothing brings it back. */
  typed?: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({ title, children, action, danger, busy, typed, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation("ui");
  const [text, setText] = useState("");
  const ready = typed === undefined || text.trim() === typed;
  return (
    <Dialog
      title={title}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} disabled={!ready} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        <div>{children}</div>
        {typed !== undefined && <Field label={t("type_to_confirm", { text: typed })}>{(ids) => <TextInput {...ids} value={text} onChange={setText} />}</Field>}
      </div>
    </Dialog>
  );
}
