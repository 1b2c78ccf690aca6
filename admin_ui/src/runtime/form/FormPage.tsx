import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useSession } from "../../api/queries.ts";
import { draftKey, type Draft } from "../../core/form/drafts.ts";
import { FormStore } from "../../core/form/store.ts";
import { treeEvaluator } from "../../core/form/tree_evaluator.ts";
import type { EntityMeta, FormItem, Labels, RecordData, Values } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { ErrorState, Skeleton } from "../../ui/States.tsx";
import { referenceSource, useFormMeta, useRecordData, useTemplate } from "./data.ts";
import { EditForm } from "./EditForm.tsx";
import { layoutOf } from "./layout.ts";
import { NextStep } from "./NextStep.tsx";
import { unfinished } from "./unfinished.ts";
import { contentOf, restoreDraft } from "./useDraft.ts";

/** `/r/{entity}/new` and `/r/{entity}/{id}/edit`. */
export function FormPage() {
  const { entity = "", id } = useParams();
  return <Loading key={`${entity} ${id ?? ""}`} entity={entity} id={id ?? null} />;
}

function Loading({ entity, id }: { entity: string; id: string | null }) {
  const { t } = useTranslation("form");
  const meta = useFormMeta(entity);
  const record = useRecordData(entity, id, true);
  const template = useTemplate(entity, id === null);
  const session = useSession();
  const me = session.data?.person;
  const person = me?.id ?? "";
  const [draft, setDraft] = useState<Draft | null | undefined>(undefined);
  useEffect(() => {
    if (person === "") return;
    unfinished
      .get(draftKey(person, entity, id))
      .then(setDraft, () => setDraft(null));
  }, [person, entity, id]);
  const failed = meta.error ?? record.error ?? template.error;
  if (failed) {
    return (
      <Page title={t("title")} width="form">
        <ErrorState error={failed} onRetry={() => void Promise.all([meta.refetch(), id === null ? template.refetch() : record.refetch()])} />
      </Page>
    );
  }
  // A record that is shown while a newer one comes would be edited on a stale version.
  const ready = id === null ? template.data : record.isFetchedAfterMount ? record.data : undefined;
  if (!meta.data || !ready || draft === undefined) {
    return (
      <Page title={meta.data?.title ?? t("title")} width="form">
        <Skeleton />
      </Page>
    );
  }
  // A default often names the one who fills the form.
  const people = meta.data.fields.filter((field) => field.type === "user").map((field) => [field.name, { [person]: me?.name ?? person }]);
  const labels: Labels = { ...Object.fromEntries(people), ...template.data?.labels };
  return <Editing meta={meta.data} record={id === null ? null : (record.data ?? null)} defaults={template.data?.values ?? {}} labels={labels} draft={draft} person={person} />;
}

interface EditingProps {
  readonly meta: EntityMeta;
  readonly record: RecordData | null;
  readonly defaults: Values;
  readonly labels: Labels;
  readonly draft: Draft | null;
  readonly person: string;
}

interface Opened {
  readonly meta: EntityMeta;
  readonly items: readonly FormItem[];
  readonly store: FormStore;
  /** How often the form was made, 1 the first time. */
  readonly times: number;
}

function Editing({ meta, record, defaults, labels, draft, person }: EditingProps) {
  const { t } = useTranslation("form");
  const navigate = useNavigate();
  const client = useQueryClient();
  const open = (before: Opened | null): Opened => {
    const items = layoutOf(meta);
    const store = new FormStore({ meta, items, evaluator: treeEvaluator(person), references: referenceSource(client), record: before?.store.record ?? record, defaults, labels: record?.labels ?? labels });
    if (before !== null) restoreDraft(store, { ...contentOf(before.store), saved_at: "" });
    return { meta, items, store, times: (before?.times ?? 0) + 1 };
  };
  const [form, setForm] = useState(() => open(null));
  // Another language: the same form with other titles, around what was typed. Another publication is not forced on who is at work.
  if (form.meta !== meta && form.meta.publication === meta.publication) setForm(open(form));
  const { items, store } = form;
  const display = meta.display ? record?.values[meta.display] : null;
  const name = typeof display === "string" ? display : "";
  const may = record?.actions ?? meta.actions;
  const submits = meta.kind === "document" && may.includes("submit");
  return (
    <EditForm
      key={form.times}
      store={store}
      items={items}
      storage={unfinished}
      draftKey={(id) => draftKey(person, meta.key, id)}
      draft={form.times === 1 ? draft : null}
      onSaved={(saved) => void navigate(`/r/${meta.key}/${saved.id}`, { replace: true })}
    >
      {(content, save, busy) => (
        <Page
          title={record === null ? t("new", { entity: meta.title }) : t("edit", { entity: meta.title, name })}
          width="form"
          dock={
            <>
              {submits ? <NextStep meta={meta} id={record?.id ?? null} /> : <span className="form-next" />}
              <Button onClick={() => void navigate(-1)}>{t("leave")}</Button>
              <Button variant={submits ? "secondary" : "primary"} busy={busy === "save"} disabled={busy !== null} onClick={() => save("save")}>
                {t(submits ? "save_draft" : "save")}
              </Button>
              {submits && (
                <Button variant="primary" icon="send" busy={busy === "submit"} disabled={busy !== null} onClick={() => save("submit")}>
                  {t(meta.has_flow ? "submit_flow" : "submit")}
                </Button>
              )}
            </>
          }
        >
          {content}
        </Page>
      )}
    </EditForm>
  );
}
