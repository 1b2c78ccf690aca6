import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../api/envelope.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Composer, type Draft } from "./Composer.tsx";
import { commentsKey, say, useComments, type Saying } from "./data.ts";
import { Pending, type Waiting } from "./Pending.tsx";
import { Thread } from "./Thread.tsx";
import "../form/form.css";
import "./talk.css";

export interface DiscussionProps {
  readonly entity: string;
  readonly id: string;
  /** The comment that a link leads to; empty where there is none. */
  readonly sought?: string | undefined;
}

/** What people say about a record. What one says stands there at once; what is refused comes back into where it was written. */
export function Discussion({ entity, id, sought = "" }: DiscussionProps) {
  const { t } = useTranslation("talk");
  const client = useQueryClient();
  const [from, setFrom] = useState(sought);
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const comments = useComments(entity, id, from);
  const pages = comments.data?.pages;
  const there = pages !== undefined;
  useEffect(() => {
    if (!there || sought === "") return;
    const found = document.getElementById(`comment-${sought}`);
    found?.scrollIntoView?.({ block: "center" });
    found?.focus({ preventScroll: true });
  }, [there, sought]);
  const refresh = () => client.invalidateQueries({ queryKey: commentsKey(entity, id) });
  const onSay = async (saying: Saying, draft: Draft, thread: string) => {
    const key = newKey();
    setWaiting((all) => [...all, { key, thread, draft }]);
    try {
      await say(entity, id, saying, thread, key);
      if (thread === "") setFrom("");
      await refresh();
    } finally {
      setWaiting((all) => all.filter((one) => one.key !== key));
    }
  };
  if (comments.isError && !pages) return <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />;
  if (!pages) return <Skeleton lines={4} />;
  const items = pages.flatMap((page) => page.items);
  const mayComment = pages[0]?.may_comment === true;
  return (
    <div className="talk" data-testid="discussion">
      {mayComment && <Composer entity={entity} id={id} label={t("new")} action={t("send")} onSend={(saying, draft) => onSay(saying, draft, "")} />}
      {from !== "" && <Button size="s" variant="link" onClick={() => setFrom("")}>{t("newest")}</Button>}
      {items.length === 0 && waiting.length === 0 && <Empty icon="users" title={t("empty")}>{mayComment && <p className="fw-muted">{t("empty_hint")}</p>}</Empty>}
      <ol className="talk-threads" aria-label={t("threads")}>
        {waiting.filter((one) => one.thread === "").map((one) => (
          <li key={one.key} className="talk-thread">
            <Pending waiting={one} />
          </li>
        ))}
        {items.map((one) => (
          <Thread key={one.id} entity={entity} id={id} root={one} sought={sought} mayComment={mayComment} waiting={waiting.filter((said) => said.thread === one.id)} onSay={onSay} onChanged={refresh} />
        ))}
      </ol>
      {comments.hasNextPage && (
        <Button busy={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </div>
  );
}
