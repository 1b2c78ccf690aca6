import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityMeta, RecordData } from "../../core/form/types.ts";
import { Menu } from "../../ui/Menu.tsx";
import { recordTitle } from "./titles.ts";

const SharePanel = lazy(() => import("../talk/SharePanel.tsx").then((module) => ({ default: module.SharePanel })));
const ExplainPanel = lazy(() => import("../talk/ExplainPanel.tsx").then((module) => ({ default: module.ExplainPanel })));

/** What everybody may ask of a record: who sees it, and why one can or cannot do something. */
export function RecordMore({ meta, record }: { meta: EntityMeta; record: RecordData }) {
  const { t } = useTranslation("record");
  const [open, setOpen] = useState<"share" | "explain" | null>(null);
  const title = recordTitle(meta, record);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        label={t("access.more")}
        icon="more"
        iconOnly
        entries={[
          { key: "share", label: t("access.share"), icon: "people", onSelect: () => setOpen("share") },
          { key: "explain", label: t("access.explain"), icon: "info", onSelect: () => setOpen("explain") },
        ]}
      />
      <Suspense fallback={null}>
        {open === "share" && <SharePanel entity={meta.key} id={record.id} title={title} onClose={close} />}
        {open === "explain" && <ExplainPanel meta={meta} id={record.id} title={title} onClose={close} />}
      </Suspense>
    </>
  );
}
