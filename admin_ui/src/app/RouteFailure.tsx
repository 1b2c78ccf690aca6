import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { Empty, ErrorState } from "../ui/States.tsx";

/** A page broke or its chunk could not be loaded (a new version was installed meanwhile): the frame stays. */
export function RouteFailure() {
  const error = useRouteError();
  return <ErrorState error={error} onRetry={() => window.location.reload()} />;
}

export function Missing() {
  const { t } = useTranslation("app");
  return (
    <Empty icon="search" title={t("missing.title")}>
      <Link to="/">{t("missing.home")}</Link>
    </Empty>
  );
}
