import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { toast } from "../../ui/toasts.ts";
import { FileList } from "../form/controls/FileList.tsx";
import { Composer } from "./Composer.tsx";
import { change, takeBack, wordings, type Comment, type Wording } from "./data.ts";
import { pieces, typed } from "./words.ts";

export interface CommentCardProps {
  readonly entity: string;
  readonly id: string;
  readonly comment: Comment;
  /** It is the one that a link leads to. */
  readonly sought: boolean;
  readonly onChanged: () => Promise<unknown>;
  readonly onReply?: (() => void) | undefined;
}

/** One comment, with what its author may do. */
export function CommentCard({ entity, id, comment, sought, onChanged, onReply }: CommentCardProps) {
  const { t } = useTranslation("talk");
  const line = useProblemLine();
  const [mode, setMode] = useState<"read" | "edit" | "delete">("read");
  const [busy, setBusy] = useState(false);
  if (comment.deleted) {
    return (
      <p className="fw-muted fw-small talk-gone" id={`comment-${comment.id}`}>
        {t("deleted", { name: comment.deleted.by.name })} <Moment value={comment.deleted.at} relative />
      </p>
    );
  }
  const remove = async () => {
    setBusy(true);
    try {
      await takeBack(entity, id, comment);
    } catch (error) {
      toast.error(line(error));
    }
    setBusy(false);
    setMode("read");
    await onChanged();
  };
  return (
    <article className={sought ? "talk-comment talk-sought" : "talk-comment"} id={`comment-${comment.id}`} aria-label={t("by", { name: comment.author.name })} tabIndex={-1}>
      <header className="fw-row fw-row-wrap">
        <strong>{comment.author.name}</strong>
        <span className="fw-muted fw-small fw-grow">
          <Moment value={comment.created_at} relative />
        </span>
      </header>
      {mode === "edit" ? (
        <Composer
          entity={entity}
          id={id}
          label={t("edit_label")}
          action={t("save")}
          focused
          first={{ text: typed(comment.text, comment.mentions), people: comment.mentions, files: comment.files }}
          onCancel={() => setMode("read")}
          onSend={async (saying) => {
            await change(entity, id, comment, saying);
            await onChanged();
            setMode("read");
          }}
        />
      ) : (
        <>
          {comment.text !== "" && (
            <p className="talk-text">
              {pieces(comment.text, comment.mentions).map((piece) => (piece.person ? <mark key={piece.at} className="talk-person">{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>))}
            </p>
          )}
          <FileList files={comment.files} />
          <footer className="fw-row fw-row-wrap talk-verbs">
            {onReply && <Button size="s" variant="ghost" icon="return" onClick={onReply}>{t("reply")}</Button>}
            {comment.actions.includes("edit") && <Button size="s" variant="ghost" icon="edit" onClick={() => setMode("edit")}>{t("edit")}</Button>}
            {comment.actions.includes("delete") && <Button size="s" variant="ghost" icon="trash" onClick={() => setMode("delete")}>{t("delete")}</Button>}
            {comment.edited_at && <Earlier entity={entity} id={id} comment={comment} />}
          </footer>
        </>
      )}
      {mode === "delete" && (
        <ConfirmDialog title={t("ask_delete")} action={t("delete")} danger busy={busy} onConfirm={() => void remove()} onClose={() => setMode("read")}>
          {t("consequence_delete")}
        </ConfirmDialog>
      )}
    </article>
  );
}

/** How a comment read before it was changed, once that is asked for. */
function Earlier({ entity, id, comment }: { entity: string; id: string; comment: Comment }) {
  const { t } = useTranslation("talk");
  const [found, setFound] = useState<readonly Wording[] | null>(null);
  const show = async () => setFound(found === null ? await wordings(entity, id, comment.id) : null);
  return (
    <>
      <Button size="s" variant="ghost" aria-expanded={found !== null} onClick={() => void show()}>{t("edited")}</Button>
      {found && (
        <ol className="talk-wordings">
          {found.map((one) => (
            <li key={one.version}>
              <span className="fw-muted fw-small">{t("until")} <Moment value={one.replaced_at} /></span>
              <del className="talk-text">{typed(one.text, comment.mentions)}</del>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
