import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { DateInput } from "../../ui/DateInput.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Select } from "../../ui/Select.tsx";
import { Notice } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import type { OfferedForm, PublicLink } from "./links.ts";

interface NewLinkDialogProps {
  readonly forms: readonly OfferedForm[];
  readonly onClose: () => void;
  readonly onMade: (link: PublicLink) => void;
}

const numberOf = (text: string): number | null => (/^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : null);

/** A new link: for which form, and within which limits. */
export function NewLinkDialog({ forms, onClose, onMade }: NewLinkDialogProps) {
  const { t } = useTranslation("public");
  const line = useProblemLine();
  const [form, setForm] = useState(forms[0]?.key ?? "");
  const [title, setTitle] = useState(forms[0]?.title ?? "");
  const [until, setUntil] = useState("");
  const [password, setPassword] = useState("");
  const [most, setMost] = useState("");
  const [daily, setDaily] = useState("");
  const [puzzle, setPuzzle] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const odd = (text: string) => (text.trim() !== "" && numberOf(text) === null ? t("whole_number") : undefined);
  const ready = form !== "" && title.trim() !== "" && odd(most) === undefined && odd(daily) === undefined;
  const make = () => {
    setBusy(true);
    setFailure("");
    const expires_at = until === "" ? null : new Date(`${until}T23:59:59`).toISOString();
    api
      .post<PublicLink>("/public-links", { form, title: title.trim(), expires_at, password, most: numberOf(most), most_a_day: numberOf(daily), puzzle })
      .then(onMade, (error: unknown) => setFailure(line(error)))
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      title={t("make")}
      onClose={onClose}
      data-testid="new-link-dialog"
      footer={
        <>
          <Button onClick={onClose}>{t("leave")}</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={make}>
            {t("make")}
          </Button>
        </>
      }
    >
      <div className="fw-stack">
        {failure !== "" && <Notice tone="red">{failure}</Notice>}
        <Field label={t("link.form")} required>
          {(ids) => <Select {...ids} value={form} onChange={setForm} options={forms.map((one) => ({ value: one.key, label: one.title }))} />}
        </Field>
        <Field label={t("link.title")} required help={t("title_help")}>
          {(ids) => <TextInput {...ids} value={title} onChange={setTitle} />}
        </Field>
        <Field label={t("link.expires")} help={t("expires_help")}>
          {(ids) => <DateInput {...ids} value={until} onChange={setUntil} />}
        </Field>
        <Field label={t("password")} help={t("password_help")}>
          {(ids) => <TextInput {...ids} value={password} onChange={setPassword} />}
        </Field>
        <Field label={t("most")} error={odd(most)} help={t("unlimited")}>
          {(ids) => <TextInput {...ids} inputMode="numeric" value={most} onChange={setMost} />}
        </Field>
        <Field label={t("most_a_day")} error={odd(daily)} help={t("unlimited")}>
          {(ids) => <TextInput {...ids} inputMode="numeric" value={daily} onChange={setDaily} />}
        </Field>
        <Checkbox label={t("puzzle")} checked={puzzle} onChange={setPuzzle} />
      </div>
    </Dialog>
  );
}
