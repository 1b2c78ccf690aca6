import { lazy, Suspense } from "react";
import { useParams, useSearchParams } from "react-router";
import { useTranslation } from "react-i18next";
import { pathOf } from "../../api/menu.ts";
import { useEntity, useMenu } from "../../api/queries.ts";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { findView } from "./columns.ts";
import { ListPage } from "./ListPage.tsx";

const PivotPage = lazy(async () => ({ default: (await import("../pivot/PivotPage.tsx")).PivotPage }));

/** /v/{module.view}: finds the entity of the view in the menu, then draws its list, or its pivot. */
export function ViewPage() {
  const { view = "" } = useParams();
  const { t } = useTranslation("table");
  const [params] = useSearchParams();
  const menu = useMenu();
  const found = menu.data?.modules
    .flatMap((module) => module.items.map((item) => ({ item, path: pathOf(module.name, item) })))
    .find(({ path }) => path === `/v/${view}`);
  const entity = useEntity(found?.item.entity ?? null);
  const error = menu.error ?? entity.error;
  if (error !== null) return <ErrorState error={error} onRetry={() => void (menu.error === null ? entity.refetch() : menu.refetch())} />;
  if (menu.isSuccess && found === undefined) return <Empty icon="search" title={t("no_view")} />;
  if (entity.data === undefined) return <Skeleton />;
  const meta = findView(entity.data, view);
  const title = meta?.title ?? found?.item.title ?? entity.data.title;
  if (meta?.kind === "pivot" && params.get("as") !== "list") {
    return (
      <Suspense fallback={<Skeleton lines={10} />}>
        <PivotPage key={view} viewKey={view} title={title} meta={entity.data} view={meta} />
      </Suspense>
    );
  }
  return <ListPage key={view} viewKey={view} title={title} meta={entity.data} view={meta} />;
}
