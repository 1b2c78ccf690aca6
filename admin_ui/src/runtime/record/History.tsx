import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EntityMeta, Labels, RecordData } from "../../core/form/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { Changes } from "./Changes.tsx";
import { useHistory, type HistoryItem } from "./data.ts";

const RestoreDialog = lazy(() => import("./RestoreDialog.tsx").then((module) => ({ default: module.RestoreDialog })));

/** What changes values: such a version can be gone back to. */
const RESTORABLE = new Set(["create", "update", "undelete"]);
/** More than that is folded away until it is asked for. */
const OPEN = 12;

export interface HistoryProps {
  readonly meta: EntityMeta;
  readonly record: RecordData;
}

/** Who changed what, from what to what; a version that is not the present one can be gone back to. */
export function History({ meta, record }: HistoryProps) {
  const { t } = useTranslation("record");
  const history = useHistory(meta.key, record.id);
  const [chosen, setChosen] = useState<number | null>(null);
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <Skeleton lines={4} />;
  const items = history.data.pages.flatMap((page) => page.items);
  const labels: Labels = mergedLabels(history.data.pages.map((page) => page.labels ?? {}));
  if (items.length === 0) return <Empty icon="clock" title={t("history.empty")} />;
  const may = (record.actions ?? []).includes("update");
  return (
    <>
      <ol className="record-timeline">
        {items.map((item) => (
          <li key={item.id ?? `${item.at} ${item.request_id ?? item.action}`} className="record-event record-event-grey">
            <div className="fw-row fw-row-wrap">
              <Deed item={item} />
              {may && item.version && item.version < record.version && RESTORABLE.has(item.action) && (
                <Button size="s" variant="ghost" icon="return" onClick={() => setChosen(item.version ?? null)} aria-label={t("restore.to", { version: item.version })}>
                  {t("restore.verb")}
                </Button>
              )}
            </div>
            {item.reason && <p className="record-comment">{item.reason}</p>}
            <Folded item={item}>{() => <Changes meta={meta} told={item} labels={labels} />}</Folded>
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t("history.more")}
        </Button>
      )}
      {chosen !== null && (
        <Suspense fallback={null}>
          <RestoreDialog meta={meta} record={record} version={chosen} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </>
  );
}

function Deed({ item }: { item: HistoryItem }) {
  const { t } = useTranslation("record");
  return (
    <>
      <strong>{item.actor?.name ?? t("timeline.system")}</strong>
      {item.on_behalf && <span>{t("timeline.on_behalf_of", { name: item.on_behalf.name })}</span>}
      <span>{item.restored ? t("restore.done_line", { version: item.restored }) : t(`action.${item.action}`, { defaultValue: item.action })}</span>
      {item.automation && <Tag>{t("history.by_automation", { title: item.automation.title })}</Tag>}
      {item.via && <span className="fw-muted fw-small">{t(`via.${item.via.split(":")[0]}`, { defaultValue: item.via })}</span>}
      <span className="fw-muted fw-small fw-grow">
        <Moment value={item.at} relative />
        {item.version ? ` · ${t("history.version", { version: item.version })}` : ""}
      </span>
    </>
  );
}

/** What a record began with is folded away, and drawn only once it is asked for: thousands of rows may have come with it. */
function Folded({ item, children }: { item: HistoryItem; children: () => ReactNode }) {
  const { t } = useTranslation("record");
  const [asked, setAsked] = useState(false);
  const count = item.changes.length + (item.rows ?? []).length;
  if (count === 0) return null;
  if (item.action !== "create" && count <= OPEN) return children();
  return (
    <details onToggle={(event) => event.currentTarget.open && setAsked(true)}>
      <summary>{t("history.values", { count })}</summary>
      {asked && children()}
    </details>
  );
}

function mergedLabels(pages: readonly Labels[]): Labels {
  const all: Record<string, Record<string, string>> = {};
  for (const page of pages) {
    for (const [path, told] of Object.entries(page)) {
      if (typeof told !== "string") all[path] = { ...all[path], ...told };
    }
  }
  return all;
}
