import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { EntityMeta } from "../../api/meta.ts";
import { Menu } from "../../ui/Menu.tsx";
import type { ListState } from "./address.ts";
import { filterForServer } from "./filter.ts";

const ExportDialog = lazy(async () => ({ default: (await import("../export/ExportDialog.tsx")).ExportDialog }));

interface ListFilesProps {
  meta: EntityMeta;
  view: string;
  state: ListState;
  fields: readonly string[];
}

/** What a list does with files: records come in, and the list goes out as it is. */
export function ListFiles({ meta, view, state, fields }: ListFilesProps) {
  const { t } = useTranslation(["import", "export"]);
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const filter = filterForServer(state.filter);
  const entries = [
    { key: "import", label: t("import:open"), icon: "down", onSelect: () => void navigate(`/r/${meta.key}/import`) },
    { key: "export", label: t("export:open"), icon: "up", onSelect: () => setOpen(true) },
  ].filter((entry) => meta.actions.includes(entry.key));
  if (entries.length === 0) return null;
  return (
    <>
      <Menu label={t("import:files")} icon="file" variant="secondary" entries={entries} />
      {open && (
        <Suspense>
          <ExportDialog meta={meta} asked={{ view, q: state.q, filter: filter === "" ? null : JSON.parse(filter), sort: state.sort.join(","), fields: fields.join(",") }} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
