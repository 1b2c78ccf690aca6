import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Option } from "../../api/types.ts";
import { momentOfLocal } from "../../core/formats/moment.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices } from "../../ui/Choices.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Field } from "../../ui/Field.tsx";
import { MomentInput } from "../../ui/MomentInput.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Select } from "../../ui/Select.tsx";
import { Notice } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { toast } from "../../ui/toasts.ts";
import { give, KINDS, SEARCHES, type Kind, type Level } from "./sharing.ts";

export interface ShareFormProps {
  readonly entity: string;
  readonly id: string;
  /** How far one may give it. */
  readonly levels: readonly Level[];
  readonly onShared: () => Promise<unknown>;
}

/** To whom, how far, until when, and why. */
export function ShareForm({ entity, id, levels, onShared }: ShareFormProps) {
  const { t } = useTranslation("talk");
  const line = useProblemLine();
  const [kind, setKind] = useState<Kind>("user");
  const [to, setTo] = useState<Option | null>(null);
  const [level, setLevel] = useState<Level>("read");
  const [until, setUntil] = useState("");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const expires = momentOfLocal(until);
  const wrong = until !== "" && expires === null;
  const send = async () => {
    if (to === null || wrong) return;
    setBusy(true);
    setFailure(null);
    try {
      await give(entity, id, { kind, id: to.id, level, expires_at: expires, note: note.trim() });
      toast.success(t("share.done", { name: to.label }));
      setTo(null);
      setNote("");
      await onShared();
    } catch (error) {
      setFailure(line(error));
    }
    setBusy(false);
  };
  return (
    <form
      className="fw-stack talk-comment"
      aria-label={t("share.new")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Choices
        look="buttons"
        aria-label={t("share.kind_label")}
        value={kind}
        onChange={(chosen) => {
          setKind(KINDS.find((one) => one === chosen) ?? "user");
          setTo(null);
        }}
        options={KINDS.map((one) => ({ value: one, label: t(`share.kind.${one}`) }))}
      />
      <Field label={t(`share.kind.${kind}`)} required>
        {(ids) => <Combobox key={kind} {...ids} value={to} onChange={setTo} search={SEARCHES[kind]} />}
      </Field>
      <Field label={t("share.level_label")} help={t(`share.explain.${level}`)}>
        {(ids) => <Select {...ids} value={level} onChange={(chosen) => setLevel(levels.find((one) => one === chosen) ?? "read")} options={levels.map((one) => ({ value: one, label: t(`share.level.${one}`) }))} />}
      </Field>
      <Field label={t("share.expires")} help={t("share.expires_help")} error={wrong ? t("share.no_moment") : undefined}>
        {(ids) => <MomentInput {...ids} value={until} onChange={setUntil} />}
      </Field>
      <Field label={t("share.note")}>{(ids) => <TextInput {...ids} maxLength={500} value={note} onChange={setNote} />}</Field>
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      <div className="fw-row">
        <span className="fw-grow" />
        <Button type="submit" variant="primary" icon="people" busy={busy} disabled={to === null || wrong}>
          {t("share.action")}
        </Button>
      </div>
    </form>
  );
}
