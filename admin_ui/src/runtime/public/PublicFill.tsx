import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError } from "../../api/client.ts";
import { newKey } from "../../api/envelope.ts";
import { findOptionsBy } from "../../api/queries.ts";
import { draftStorage } from "../../core/form/draft_storage.ts";
import { FormStore } from "../../core/form/store.ts";
import { treeEvaluator } from "../../core/form/tree_evaluator.ts";
import type { EntityMeta } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { useProblemText } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { FormContext } from "../form/FormContext.ts";
import { FormLayout } from "../form/FormLayout.tsx";
import { layoutOf } from "../form/layout.ts";
import { Revealer } from "../form/reveal.ts";
import { restoreDraft, useAutosave } from "../form/useDraft.ts";
import type { PublicClient, PublicFormData, Receipt } from "./client.ts";

interface PublicFillProps {
  readonly token: string;
  readonly client: PublicClient;
  readonly page: PublicFormData;
  readonly meta: EntityMeta;
  readonly onSent: (sent: Receipt) => void;
}

/** Of what a reference points at nothing is shown but its name: there is nothing to look up. */
const CLOSED = { load: () => Promise.reject(new Error("closed")) };

/** The path of the field that asks; a name that is looked up again has no asker, and any field that points there will do. */
function askerOf(meta: EntityMeta, entity: string, field: unknown): string {
  if (typeof field === "string" && field.startsWith(`${meta.key}.`)) return field.slice(meta.key.length + 1);
  const own = meta.fields.find((one) => one.to === entity);
  const table = meta.fields.find((one) => one.fields?.some((inner) => inner.to === entity));
  return own?.name ?? `${table?.name ?? ""}.${table?.fields?.find((inner) => inner.to === entity)?.name ?? ""}`;
}

/** The form itself: the same controls, states and findings as for everybody; what is typed stays on this device until it is sent. */
export function PublicFill({ token, client, page, meta, onSent }: PublicFillProps) {
  const { t } = useTranslation("public");
  const words = useProblemText();
  const items = useMemo(() => layoutOf(meta), [meta]);
  const [store] = useState(() => new FormStore({ meta, items, evaluator: treeEvaluator(""), references: CLOSED, record: null, defaults: page.values, labels: {} }));
  const scope = useMemo(() => ({ store, revealer: new Revealer() }), [store]);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState("");
  const key = useRef({ of: "", key: "" });
  const place = `public|${token.slice(0, 12)}`;
  const autosave = useAutosave(store, draftStorage(), place);
  useEffect(() => {
    findOptionsBy((entity, { field, q, ids }) => client.options(askerOf(meta, entity, field), { q, ids }));
    return () => findOptionsBy(null);
  }, [client, meta]);
  useEffect(() => {
    draftStorage()
      .get(place)
      .then((draft) => draft && restoreDraft(store, draft), () => undefined);
  }, [store, place]);

  const send = async () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setFailure("");
    if (!store.validate("save")) {
      setAttempt((count) => count + 1);
      return;
    }
    const [values, rows] = [store.payload(), store.rowKeys()];
    const said = JSON.stringify(values);
    if (key.current.of !== said) key.current = { of: said, key: newKey() };
    setBusy(true);
    try {
      const sent = await client.answer(values, key.current.key, page.puzzle);
      await autosave.discard();
      onSent(sent);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 422 && error.problems.length > 0) {
        store.takeProblems(error.problems, rows);
        setAttempt((count) => count + 1);
      } else {
        const { title, detail } = words(error);
        setFailure(`${title} ${detail}`);
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormContext value={scope}>
      <form noValidate className="form-layout" aria-label={page.title} inert={busy} onSubmit={(event) => event.preventDefault()}>
        {failure !== "" && <Notice tone="red">{`${failure} ${t("kept")}`}</Notice>}
        <ErrorSummary attempt={attempt} />
        <FormLayout items={items} />
      </form>
      <div className="public-dock">
        <Button variant="primary" icon="send" busy={busy} onClick={() => void send()}>
          {t("send")}
        </Button>
      </div>
    </FormContext>
  );
}
