import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choices } from "../../../ui/Choices.tsx";
import { Markdown } from "../../../ui/Markdown.tsx";
import type { ControlProps } from "./control.ts";
import { LongTextControl } from "./LongTextControl.tsx";

/** Text with marks, and what it will look like. */
export function MarkdownControl(props: ControlProps) {
  const { t } = useTranslation("controls");
  const [look, setLook] = useState("write");
  const { meta, value, inCell, ids } = props;
  if (inCell) return <LongTextControl {...props} />;
  const text = typeof value === "string" ? value : "";
  return (
    <div className="control-stack">
      <Choices look="buttons" aria-label={t("markdown.look", { title: meta.title })} value={look} onChange={setLook} options={["write", "preview"].map((one) => ({ value: one, label: t(`markdown.${one}`) }))} />
      {look === "write" ? (
        <LongTextControl {...props} />
      ) : (
        <section id={ids.id} tabIndex={-1} aria-label={t("markdown.preview")} className="control-preview">
          {text === "" ? <span className="fw-muted">{t("markdown.empty")}</span> : <Markdown text={text} />}
        </section>
      )}
    </div>
  );
}
