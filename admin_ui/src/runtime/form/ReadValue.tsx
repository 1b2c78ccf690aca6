import { useTranslation } from "react-i18next";
import type { FieldMeta, Json } from "../../core/form/types.ts";
import { isBlank, isNumeric, isWhole } from "../../core/form/values.ts";
import { formatDate, formatTime } from "../../core/formats/date.ts";
import { Amount, type AmountProps } from "../../ui/Amount.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { filesOf } from "./controls/files.ts";
import { FileList } from "./controls/FileList.tsx";
import { currencySign, textsOf } from "./display.ts";
import { isRare, Rare } from "./rare.tsx";

export interface ReadValueProps {
  readonly meta: FieldMeta;
  readonly value: Json;
  readonly label: string | null;
  /** In a table the unit stands in the head. */
  readonly inCell?: boolean | undefined;
}

/** A value for reading: never a disabled box. */
export function ReadValue({ meta, value, label, inCell }: ReadValueProps) {
  if (meta.type === "boolean") return <YesOrNo value={value} />;
  if (isBlank(value)) return <span className="fw-muted">—</span>;
  if (isRare(meta.type)) return <Rare meta={meta} value={value} label={label} compact={inCell === true} />;
  if (isNumeric(meta)) {
    const number = typeof value === "number" ? value : String(value);
    const told = { value: number, percent: meta.type === "percent", scale: isWhole(meta) ? 0 : (meta.scale ?? 2) };
    return inCell ? <Amount {...told} /> : <InItsUnit meta={meta} told={told} />;
  }
  switch (meta.type) {
    case "date":
      return <span>{formatDate(String(value))}</span>;
    case "time":
      return <span>{formatTime(String(value))}</span>;
    case "datetime":
      return <Moment value={String(value)} />;
    case "select":
    case "role":
    case "project_role":
      return <Options meta={meta} values={[String(value)]} />;
    case "multi_select":
      return <Options meta={meta} values={textsOf(value)} />;
    case "attachment":
    case "image":
      return <FileList files={filesOf(value)} />;
    case "long_text":
      return <span className="form-lines">{String(value)}</span>;
    default:
      return <span>{label ?? String(value)}</span>;
  }
}

// Texts are asked for only where one is shown: tables draw thousands of values.
function YesOrNo({ value }: { value: Json }) {
  const { t } = useTranslation("form");
  return <span>{value === null ? "—" : t(value === true ? "yes" : "no")}</span>;
}

function InItsUnit({ meta, told }: { meta: FieldMeta; told: AmountProps }) {
  const { t } = useTranslation("form");
  return <Amount {...told} unit={meta.unit ?? (meta.type === "money" ? currencySign(t, meta.currency) : null)} />;
}

/** Chosen options: coloured ones as tags, others as words. */
function Options({ meta, values }: { meta: FieldMeta; values: readonly string[] }) {
  return (
    <span className="form-options">
      {values.map((value) => {
        const option = meta.options?.find((one) => one.value === value);
        return option?.color ? (
          <Tag key={value} tone={option.color}>
            {option.title}
          </Tag>
        ) : (
          <span key={value}>{option?.title ?? value}</span>
        );
      })}
    </span>
  );
}
