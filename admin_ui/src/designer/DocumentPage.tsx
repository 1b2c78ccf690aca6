import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api } from "../api/client.ts";
import type { OneDocument } from "../api/draft.ts";
import type { ProblemItem } from "../api/problem.ts";
import { keys } from "../api/queries.ts";
import { Button } from "../ui/Button.tsx";
import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { Page } from "../ui/Page.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { ErrorState, Notice, Skeleton } from "../ui/States.tsx";
import { Tag } from "../ui/Tag.tsx";
import { toast } from "../ui/toasts.ts";
import { JsonEditor, type JsonEditorHandle } from "./JsonEditor.tsx";
import { lineOf, placeOf } from "./jsonPlaces.ts";
import { ProblemList } from "./ProblemList.tsx";
import { useDocumentDraft, written, type DraftState } from "./useDocumentDraft.ts";
import { useDocument, useDraft } from "./useDraft.ts";
import "./designer.css";

const TONES: Readonly<Record<DraftState, string>> = { saved: "green", typing: "grey", saving: "blue", broken: "amber", failed: "red" };

/** One definition document: its text, and beside it every problem that it has or causes. */
export function DocumentPage() {
  const [params] = useSearchParams();
  const path = params.get("path") ?? "";
  const query = useDocument(path);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton lines={12} />;
  return <Editor key={path} loaded={query.data} at={params.get("at")} />;
}

function Editor({ loaded, at }: { loaded: OneDocument; at: string | null }) {
  const { t } = useTranslation("designer");
  const { module = "" } = useParams();
  const { path } = loaded;
  const draft = useDraft();
  const editor = useRef<JsonEditorHandle>(null);
  const [reverting, setReverting] = useState(false);
  const { text, change, replace, problems: answered, state, broken, failure } = useDocumentDraft(path, loaded.document);
  const problems = answered ?? draft.data?.problems.filter((problem) => problem.file === path) ?? [];
  const own = problems.filter((problem) => !problem.file || problem.file === path);
  const marked = new Set(own.map((problem) => lineOf(text, placeOf(text, problem.pointer)[0])));
  const jump = (problem: Pick<ProblemItem, "pointer" | "span">) => editor.current?.show(...placeOf(text, problem.pointer, problem.span));
  useEffect(() => {
    if (at !== null) editor.current?.show(...placeOf(written(loaded.document), at));
  }, [at, loaded.document]);
  const format = () => broken === null && change(written(JSON.parse(text)));
  return (
    <Page
      title={path}
      width="fill"
      above={<Link className="fw-tap" to={`/designer/${module}?tab=documents`}>{draft.data?.documents.find((one) => one.path === `${module}/module.json`)?.title ?? module}</Link>}
      state={<Tag tone={TONES[state]}>{t(`draft.${state}`)}</Tag>}
      actions={
        <>
          <Button onClick={format} disabled={broken !== null}>
            {t("document.format")}
          </Button>
          <Button variant="danger" disabled={loaded.published === null || written(loaded.published) === text} onClick={() => setReverting(true)}>
            {t("document.revert")}
          </Button>
        </>
      }
    >
      {broken !== null && <Notice tone="amber">{t("document.broken", { message: broken })}</Notice>}
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      <div className="document">
        <JsonEditor ref={editor} label={path} value={text} onChange={change} marked={marked} />
        <aside className="document-side" aria-label={t("problems.title")}>
          <h2>
            {t("problems.title")} ({problems.length})
          </h2>
          <ProblemList problems={problems} path={path} onJump={jump} />
        </aside>
      </div>
      {reverting && <Revert path={path} onDone={replace} onClose={() => setReverting(false)} />}
    </Page>
  );
}

function Revert({ path, onDone, onClose }: { path: string; onDone: (document: unknown) => void; onClose: () => void }) {
  const { t } = useTranslation("designer");
  const client = useQueryClient();
  const line = useProblemLine();
  const revert = async () => {
    try {
      const answer = await api.delete<OneDocument>(`/draft/documents/${path}`);
      onDone(answer.document);
      await client.invalidateQueries({ queryKey: keys.draft });
      toast.success(t("document.reverted", { path }));
    } catch (error) {
      toast.error(line(error));
    }
    onClose();
  };
  return (
    <ConfirmDialog title={t("document.revert")} action={t("document.revert")} danger onConfirm={() => void revert()} onClose={onClose}>
      {t("document.revert_lead", { path })}
    </ConfirmDialog>
  );
}
