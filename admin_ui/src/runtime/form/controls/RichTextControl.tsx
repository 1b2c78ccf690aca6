import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { ControlProps } from "./control.ts";
import { LongTextControl } from "./LongTextControl.tsx";

const Editor = lazy(() => import("./RichTextEditor.tsx").then((module) => ({ default: module.RichTextEditor })));

/** Text with emphasis, lists and links. The editor is fetched when such a field is drawn; in a cell there is only the text. */
export function RichTextControl(props: ControlProps) {
  const { t } = useTranslation("controls");
  if (props.inCell) return <LongTextControl {...props} />;
  return (
    <Suspense fallback={<output className="fw-input control-rich-wait">{t("loading")}</output>}>
      <Editor {...props} />
    </Suspense>
  );
}
