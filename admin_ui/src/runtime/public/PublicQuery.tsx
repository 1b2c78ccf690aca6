import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useProblemText } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import type { AskedField, PublicClient, ToldValue } from "./client.ts";
import { Told } from "./Told.tsx";

/** Looks up what was sent before, by exact values. */
export function PublicQuery({ client, asked }: { client: PublicClient; asked: readonly AskedField[] }) {
  const { t } = useTranslation("public");
  const words = useProblemText();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<readonly (readonly ToldValue[])[] | null>(null);
  const [failure, setFailure] = useState("");
  const ready = asked.every((one) => (values[one.name] ?? "").trim() !== "");
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    setFailure("");
    client
      .query(Object.fromEntries(asked.map((one) => [one.name, (values[one.name] ?? "").trim()])))
      .then(setFound, (error: unknown) => {
        const { title, detail } = words(error);
        setFailure(`${title} ${detail}`);
      })
      .finally(() => setBusy(false));
  };
  return (
    <form className="fw-card fw-stack public-card" aria-label={t("query")} onSubmit={ask}>
      <h2>{t("query")}</h2>
      {asked.map((one) => (
        <Field key={one.name} label={one.title} required>
          {(ids) => <TextInput {...ids} value={values[one.name] ?? ""} onChange={(text) => setValues({ ...values, [one.name]: text })} />}
        </Field>
      ))}
      <Button type="submit" icon="search" busy={busy} disabled={!ready}>
        {t("look_up")}
      </Button>
      <div aria-live="polite" className="fw-stack">
        {failure !== "" && <Notice tone="red">{failure}</Notice>}
        {found?.length === 0 && <p>{t("none")}</p>}
        {found?.map((one) => <Told key={JSON.stringify(one)} values={one} />)}
      </div>
    </form>
  );
}
