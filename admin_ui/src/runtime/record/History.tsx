import { useTranslation } from "react-i18next";
import type { EntityMeta, Json } from "../../core/form/types.ts";
import { fieldAt, isBlank } from "../../core/form/values.ts";
import { Moment } from "../../ui/Moment.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { ReadValue } from "../form/ReadValue.tsx";
import { ReferenceName } from "../form/ReferenceName.tsx";
import { useHistory, type Change } from "./data.ts";

/** The field of a change: a path may hold the place or the id of a row between table and column. */
function fieldOf(meta: EntityMeta, path: string) {
  const parts = path.split(/[./]/).filter((part) => part !== "");
  const table = meta.fields.find((field) => field.name === parts[0] && field.fields);
  return table && parts.length > 1 ? table.fields?.find((field) => field.name === parts.at(-1)) : fieldAt([...meta.fields, ...(meta.system_fields ?? [])], parts[0] ?? "");
}

/** Who changed what, and from what to what. */
export function History({ meta, id }: { meta: EntityMeta; id: string }) {
  const { t } = useTranslation("record");
  const history = useHistory(meta.key, id);
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) return <Skeleton lines={4} />;
  if (history.data.items.length === 0) return <Empty icon="clock" title={t("history.empty")} />;
  return (
    <ol className="record-timeline">
      {history.data.items.map((item) => (
        <li key={`${item.at} ${item.request_id ?? item.action}`} className="record-event record-event-grey">
          <div className="fw-row fw-row-wrap">
            <strong>{item.actor?.name ?? t("timeline.system")}</strong>
            <span>{t(`action.${item.action}`, { defaultValue: item.action })}</span>
            {item.automation && <Tag>{t("history.by_automation", { title: item.automation.title })}</Tag>}
            <span className="fw-muted fw-small">
              <Moment value={item.at} relative />
            </span>
          </div>
          {item.changes.length > 0 && <Changes meta={meta} changes={item.changes} folded={item.action === "create" || item.changes.length > 12} />}
        </li>
      ))}
    </ol>
  );
}

/** What a record began with is folded away: it is what one sees above, but for what was changed since. */
function Changes({ meta, changes, folded }: { meta: EntityMeta; changes: readonly Change[]; folded: boolean }) {
  const { t } = useTranslation("record");
  const list = (
    <dl className="record-changes">
      {changes.map((change) => (
        <ChangeLine key={change.path} meta={meta} change={change} />
      ))}
    </dl>
  );
  if (!folded) return list;
  return (
    <details>
      <summary>{t("history.values", { count: changes.length })}</summary>
      {list}
    </details>
  );
}

function ChangeLine({ meta, change }: { meta: EntityMeta; change: Change }) {
  const { t } = useTranslation("record");
  return (
    <div className="record-change">
      <dt className="fw-muted">{change.title === change.path ? (fieldOf(meta, change.path)?.title ?? change.title) : change.title}</dt>
      <dd>
        {!isBlank(change.before) && (
          <del>
            <Value meta={meta} path={change.path} value={change.before} />
          </del>
        )}
        <span aria-label={t("history.became")}> → </span>
        <ins>
          <Value meta={meta} path={change.path} value={change.after} />
        </ins>
      </dd>
    </div>
  );
}

function Value({ meta, path, value }: { meta: EntityMeta; path: string; value: Json }) {
  const { t } = useTranslation("record");
  const field = fieldOf(meta, path);
  if (Array.isArray(value) && field?.type === "sub_table") return <span>{t("history.rows", { count: value.length })}</span>;
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return <span>{Object.values(value).filter((part) => typeof part === "string").join(" · ")}</span>;
  if (field?.to && typeof value === "string") return <ReferenceName to={field.to} id={value} />;
  return field ? <ReadValue meta={field} value={value} label={null} /> : <span>{isBlank(value) ? "—" : String(value)}</span>;
}
