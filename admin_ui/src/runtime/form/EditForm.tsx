import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "../../api/queries.ts";
import type { Draft, DraftStorage } from "../../core/form/drafts.ts";
import type { FormStore } from "../../core/form/store.ts";
import type { FormItem, RecordData } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { useProblemText } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { toast } from "../../ui/toasts.ts";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { FormContext } from "./FormContext.ts";
import { FormLayout } from "./FormLayout.tsx";
import { Revealer } from "./reveal.ts";
import { Saver, type Moment as SaveMoment, type Outcome } from "./saving.ts";
import { restoreDraft, useAutosave } from "./useDraft.ts";
import { useLeaveGuard } from "./useLeaveGuard.ts";
import { useServerAnswers } from "./useServerAnswers.ts";

/** Two people rarely save the same record at once. */
const ConflictDialog = lazy(async () => ({ default: (await import("./ConflictDialog.tsx")).ConflictDialog }));

export interface EditFormProps {
  readonly store: FormStore;
  readonly items: readonly FormItem[];
  readonly storage: DraftStorage;
  /** Where the draft of a record (null: a new one) is kept. */
  readonly draftKey: (id: string | null) => string;
  readonly draft: Draft | null;
  readonly onSaved: (record: RecordData, moment: SaveMoment) => void;
  /** The page around, with the buttons that save. */
  readonly children: (content: ReactNode, save: (moment: SaveMoment) => void, busy: SaveMoment | null) => ReactNode;
}

/** A form that is being filled: layout, drafts, saving, and what can go wrong with it. */
export function EditForm({ store, items, storage, draftKey, draft, onSaved, children }: EditFormProps) {
  const { t } = useTranslation("form");
  const client = useQueryClient();
  const scope = useMemo(() => ({ store, revealer: new Revealer() }), [store]);
  const [saver] = useState(() => new Saver(store));
  const [busy, setBusy] = useState<SaveMoment | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [outcome, setOutcome] = useState<{ moment: SaveMoment; told: Outcome } | null>(null);
  const [restored, setRestored] = useState<Draft | null>(null);
  const [start] = useState(() => ({ record: store.record, values: store.baseValues, labels: store.record?.labels ?? store.labels() }));
  const autosave = useAutosave(store, storage, draftKey(start.record?.id ?? null));
  useLeaveGuard(store);
  useServerAnswers(store);
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current || draft === null) return;
    opened.current = true;
    restoreDraft(store, draft);
    setRestored(draft);
  }, [store, draft]);

  const save = (moment: SaveMoment) => {
    if (busy !== null) return;
    // The field that has the focus has not said its last word yet.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setBusy(moment);
    setOutcome(null);
    void saver.run(moment).then(async (told) => {
      setBusy(null);
      setOutcome({ moment, told });
      if (told.kind === "invalid") setAttempt((count) => count + 1);
      if (told.kind !== "saved" && start.record === null && store.record !== null) {
        // Stored, but not submitted: from now on this is an existing record, also after a reload.
        await autosave.move(draftKey(store.record.id));
        window.history.replaceState(window.history.state, "", `/r/${store.meta.key}/${store.record.id}/edit`);
      }
      if (told.kind !== "saved") return;
      await autosave.discard();
      client.removeQueries({ queryKey: keys.record(store.meta.key, told.record.id) });
      await Promise.all([keys.records(store.meta.key), keys.approval(store.meta.key, told.record.id), keys.tasks(), keys.counts, keys.figures].map((queryKey) => client.invalidateQueries({ queryKey })));
      told.warnings.forEach((warning) => toast.warn(`${warning.detail ?? warning.code} ${warning.remedy ?? ""}`.trim()));
      toast.success(t(moment === "submit" ? "submitted" : told.record.merged ? "merged" : "saved"));
      onSaved(told.record, moment);
    });
  };
  const discard = () => {
    setRestored(null);
    store.rebase(start.record, start.values, start.values, start.labels);
    void autosave.discard();
  };
  const content = (
    <FormContext value={scope}>
      <form noValidate aria-label={store.meta.title} className="form-layout" inert={busy !== null} onSubmit={(event) => event.preventDefault()}>
        {restored !== null && (
          <Notice
            tone="blue"
            action={
              <Button size="s" onClick={discard}>
                {t("draft.discard")}
              </Button>
            }
          >
            {t(restored.is_from_elsewhere ? "draft.elsewhere" : "draft.restored")} <Moment value={restored.saved_at} relative />
            {restored.version !== (start.record?.version ?? null) && <p>{t("draft.changed")}</p>}
            {restored.publication !== undefined && restored.publication !== store.meta.publication && <p>{t("draft.other_form")}</p>}
          </Notice>
        )}
        {outcome?.told.kind === "failed" && <Failure error={outcome.told.error} onRetry={() => save(outcome.moment)} />}
        <ErrorSummary attempt={attempt} />
        <FormLayout items={items} />
      </form>
      {outcome?.told.kind === "conflict" && (
        <Suspense>
          <ConflictDialog store={store} theirs={outcome.told.theirs} onMerged={() => save(outcome.moment)} onClose={() => setOutcome(null)} />
        </Suspense>
      )}
    </FormContext>
  );
  return children(content, save, busy);
}

/** The server was not reached or broke down: nothing is lost, try again. */
function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("form");
  const { title, detail } = useProblemText()(error);
  return (
    <Notice
      tone="red"
      action={
        <Button size="s" icon="refresh" onClick={onRetry}>
          {t("retry")}
        </Button>
      }
    >
      <strong>{title}</strong> {detail} {t("kept")}
    </Notice>
  );
}
