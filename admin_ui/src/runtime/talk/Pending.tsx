import { useTranslation } from "react-i18next";
import type { Draft } from "./Composer.tsx";

/** What was said and is on its way. */
export interface Waiting {
  readonly key: string;
  readonly thread: string;
  readonly draft: Draft;
}

/** A comment before the server has it. */
export function Pending({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation("talk");
  return (
    <div className="talk-comment talk-pending" aria-busy="true">
      <p className="talk-text">{waiting.draft.text}</p>
      <span className="fw-muted fw-small">{[t("sending"), ...waiting.draft.files.map((one) => one.name)].join(" · ")}</span>
    </div>
  );
}
