import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { EntityMeta } from "../../api/meta.ts";
import { Menu } from "../../ui/Menu.tsx";

/** What a list has beside its records: the recycle bin. */
export function ListMore({ meta, onSelect }: { meta: EntityMeta; onSelect: (() => void) | null }) {
  const { t } = useTranslation("bulk");
  const navigate = useNavigate();
  const entries = [
    ...(onSelect === null ? [] : [{ key: "select", label: t("select"), icon: "check", onSelect }]),
    ...(meta.actions.includes("delete") && meta.kind !== "ledger" ? [{ key: "bin", label: t("bin.title"), icon: "trash", onSelect: () => void navigate(`/bin/${meta.key}`) }] : []),
  ];
  return entries.length === 0 ? null : <Menu label={t("more")} icon="more" iconOnly variant="secondary" entries={entries} />;
}
