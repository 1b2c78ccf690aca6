import { useTranslation } from "react-i18next";
import { STATUS_TONES, type FieldMeta } from "../../api/meta.ts";
import type { FieldValue, Labels } from "../../api/types.ts";
import { labelIn } from "../../core/form/references.ts";
import type { Json } from "../../core/form/types.ts";
import { formatDate, formatTime } from "../../core/formats/date.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { isRare, Rare } from "../form/rare.tsx";
import { isNumeric } from "./columns.ts";

/** A value that the form knows how to read, as one line. */
const asJson = (value: FieldValue): Json => (value ?? null) as Json;

export interface CellValueProps {
  path: string;
  type: string;
  scale: number | null;
  meta: FieldMeta | null;
  value: FieldValue;
  labels: Labels;
}

function labelOf(labels: Labels, path: string, value: string): string {
  const label = labels[path];
  if (typeof label === "string") return label;
  return label?.[value] ?? value;
}

function Choice({ meta, path, value, labels }: { meta: FieldMeta | null; path: string; value: string; labels: Labels }) {
  const option = meta?.options?.find((one) => one.value === value);
  const tone = option?.tone ?? option?.color ?? (path === "status" ? STATUS_TONES[value] : null);
  const title = option?.title ?? labelOf(labels, path, value);
  return tone ? <Tag tone={tone}>{title}</Tag> : title;
}

/** One value in one line, by its type. */
export function CellValue({ path, type, scale, meta, value, labels }: CellValueProps) {
  const { t } = useTranslation("table");
  if (value === null || value === undefined || value === "") return <span className="fw-muted">—</span>;
  if (isRare(type)) return <Rare meta={meta ?? { name: path, title: path, type, control: type }} value={asJson(value)} label={labelIn(labels, path, value)} compact />;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="fw-muted">—</span>;
    if (value.every((one) => typeof one === "string")) {
      return value.map((one) => meta?.options?.find((option) => option.value === one)?.title ?? labelOf(labels, path, one)).join("、");
    }
    return t(type === "sub_table" ? "rows" : "files", { count: value.length });
  }
  if (isNumeric(type)) return <Amount value={value} scale={type === "money" ? (scale ?? 2) : scale} percent={type === "percent"} />;
  const text = String(value);
  if (type === "date") return formatDate(text);
  if (type === "time") return formatTime(text);
  if (type === "datetime") return <Moment value={text} />;
  if (type === "select" || meta?.options) return <Choice meta={meta} path={path} value={text} labels={labels} />;
  if (labels[path] !== undefined) return labelOf(labels, path, text);
  return text;
}
