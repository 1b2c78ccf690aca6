import { useState } from "react";
import { useTranslation } from "react-i18next";
import { labelIn } from "../../core/form/references.ts";
import type { EntityMeta, FieldMeta, Json, Labels } from "../../core/form/types.ts";
import { isBlank } from "../../core/form/values.ts";
import { Button } from "../../ui/Button.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { ReadValue } from "../form/ReadValue.tsx";
import { ReferenceName } from "../form/ReferenceName.tsx";
import type { Change, Difference, RowChange } from "./data.ts";

/** So many rows are drawn at once. */
const STEP = 50;
const TONES = { added: "green", removed: "red", changed: "blue", moved: "grey" } as const;

/** The field at `total`, `lines.count` or `lines.items.count`. */
function fieldOf(meta: EntityMeta, path: string): FieldMeta | undefined {
  let fields: readonly FieldMeta[] = [...meta.fields, ...(meta.system_fields ?? [])];
  let found: FieldMeta | undefined;
  for (const name of path.split(".")) {
    found = fields.find((field) => field.name === name);
    fields = found?.fields ?? [];
  }
  return found;
}

export interface ChangesProps {
  readonly meta: EntityMeta;
  readonly told: Difference;
  readonly labels: Labels;
}

/** Fields from what to what, then the rows that came, went and changed. */
export function Changes({ meta, told, labels }: ChangesProps) {
  return (
    <div className="record-changes">
      {told.changes.length > 0 && (
        <dl className="record-changes">
          {told.changes.map((change) => (
            <ChangeLine key={change.path} meta={meta} change={change} labels={labels} />
          ))}
        </dl>
      )}
      <RowLines meta={meta} rows={told.rows ?? []} labels={labels} />
    </div>
  );
}

/** The first rows, and those after them step by step: a record may come with thousands. */
function RowLines({ meta, rows, labels }: { meta: EntityMeta; rows: readonly RowChange[]; labels: Labels }) {
  const { t } = useTranslation("record");
  const [shown, setShown] = useState(STEP);
  const left = rows.length - shown;
  return (
    <>
      {rows.slice(0, shown).map((row, place) => (
        <RowLine key={`${row.path} ${row.kind} ${row.id ?? place}`} meta={meta} row={row} labels={labels} />
      ))}
      {left > 0 && (
        <Button size="s" onClick={() => setShown(shown + STEP)}>
          {t("history.more_rows", { count: Math.min(left, STEP), all: rows.length })}
        </Button>
      )}
    </>
  );
}

function RowLine({ meta, row, labels }: { meta: EntityMeta; row: RowChange; labels: Labels }) {
  const { t } = useTranslation("record");
  const known = fieldOf(meta, row.path);
  const place = row.at === null ? "" : t("history.row", { number: row.at + 1 });
  return (
    <section className="record-row-change" aria-label={`${row.title} ${t(`history.${row.kind}`)}`}>
      <div className="fw-row fw-row-wrap">
        <Tag tone={TONES[row.kind]}>{t(`history.${row.kind}`)}</Tag>
        <span className="fw-muted">
          {known?.title ?? row.title} {place}
        </span>
        {row.kind !== "changed" && <RowWords meta={meta} row={row} labels={labels} />}
      </div>
      {row.kind === "changed" && <Changes meta={meta} told={row} labels={labels} />}
      {row.kind !== "changed" && <RowLines meta={meta} rows={row.rows} labels={labels} />}
    </section>
  );
}

/** A row that came or went in one line: its values one after the other. */
function RowWords({ meta, row, labels }: { meta: EntityMeta; row: RowChange; labels: Labels }) {
  const side = row.kind === "removed" ? "before" : "after";
  return (
    <span className="record-row-words">
      {row.changes.map((change) => (
        <span key={change.path}>
          <span className="fw-muted">{change.title}</span> <Value meta={meta} path={change.path} value={change[side]} labels={labels} />
        </span>
      ))}
    </span>
  );
}

function ChangeLine({ meta, change, labels }: { meta: EntityMeta; change: Change; labels: Labels }) {
  const { t } = useTranslation("record");
  return (
    <div className="record-change">
      <dt className="fw-muted">{change.title === change.path ? (fieldOf(meta, change.path)?.title ?? change.title) : change.title}</dt>
      <dd>
        {!isBlank(change.before) && (
          <del>
            <Value meta={meta} path={change.path} value={change.before} labels={labels} />
          </del>
        )}
        <span aria-label={t("history.became")}> → </span>
        <ins>
          <Value meta={meta} path={change.path} value={change.after} labels={labels} />
        </ins>
      </dd>
    </div>
  );
}

function Value({ meta, path, value, labels }: { meta: EntityMeta; path: string; value: Json; labels: Labels }) {
  const { t } = useTranslation("record");
  const field = fieldOf(meta, path);
  if (Array.isArray(value) && field?.type === "sub_table") return <span>{t("history.rows", { count: value.length })}</span>;
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return <span>{Object.values(value).filter((part) => typeof part === "string").join(" · ")}</span>;
  const label = labelIn(labels, path, value);
  if (field?.to && typeof value === "string" && label === null) return <ReferenceName to={field.to} id={value} />;
  return field ? <ReadValue meta={field} value={value} label={label} inCell /> : <span>{isBlank(value) ? "—" : String(value)}</span>;
}
