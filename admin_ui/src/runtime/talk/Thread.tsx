import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { CommentCard } from "./CommentCard.tsx";
import { Composer, type Draft } from "./Composer.tsx";
import { earlier, type Comment, type Saying } from "./data.ts";
import { Pending, type Waiting } from "./Pending.tsx";

export interface ThreadProps {
  readonly entity: string;
  readonly id: string;
  readonly root: Comment;
  readonly sought: string;
  readonly mayComment: boolean;
  readonly waiting: readonly Waiting[];
  readonly onSay: (saying: Saying, draft: Draft, thread: string) => Promise<unknown>;
  readonly onChanged: () => Promise<unknown>;
}

/** A comment and the answers to it. */
export function Thread({ entity, id, root, sought, mayComment, waiting, onSay, onChanged }: ThreadProps) {
  const { t } = useTranslation("talk");
  const [answering, setAnswering] = useState(false);
  const [older, setOlder] = useState<readonly Comment[]>([]);
  const latest = root.replies?.items ?? [];
  const known = new Set(latest.map((one) => one.id));
  const answers = [...older.filter((one) => !known.has(one.id)), ...latest];
  const missing = (root.replies?.count ?? 0) - answers.length;
  const more = async () => {
    const page = await earlier(entity, id, root.id, answers[0]?.id ?? "");
    setOlder([...page.items, ...older]);
  };
  const reply = mayComment ? () => setAnswering(true) : undefined;
  return (
    <li className="talk-thread">
      <CommentCard entity={entity} id={id} comment={root} sought={root.id === sought} onChanged={onChanged} onReply={reply} />
      {(answers.length > 0 || waiting.length > 0) && (
        <div className="talk-answers">
          {missing > 0 && <Button size="s" variant="link" onClick={() => void more()}>{t("earlier", { count: missing })}</Button>}
          {answers.map((one) => (
            <CommentCard key={one.id} entity={entity} id={id} comment={one} sought={one.id === sought} onChanged={onChanged} />
          ))}
          {waiting.map((one) => (
            <Pending key={one.key} waiting={one} />
          ))}
        </div>
      )}
      {answering && (
        <Composer
          entity={entity}
          id={id}
          label={t("reply_to", { name: root.author.name })}
          action={t("reply")}
          focused
          onCancel={() => setAnswering(false)}
          onSend={async (saying, draft) => {
            await onSay(saying, draft, root.id);
            setAnswering(false);
          }}
        />
      )}
    </li>
  );
}
