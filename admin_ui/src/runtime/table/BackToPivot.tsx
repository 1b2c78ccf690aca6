import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Icon } from "../../ui/Icon.tsx";

/** From the records behind a figure back to the pivot as it was. */
export function BackToPivot({ viewKey }: { viewKey: string }) {
  const { t } = useTranslation("pivot");
  const from: unknown = (useLocation().state as { pivot?: unknown } | null)?.pivot;
  const search = typeof from === "string" && from !== "" ? `?${from}` : "";
  return (
    <Link className="fw-tap fw-row" to={`/v/${viewKey}${search}`}>
      <Icon name="left" size={14} />
      {t("back")}
    </Link>
  );
}
