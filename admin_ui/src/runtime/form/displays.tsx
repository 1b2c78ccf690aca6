/** How values of the rarer field types are read: fetched with the first of them, so that plain lists and forms stay small. */
import { lazy, Suspense, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { formatPhone, safeLink } from "../../core/form/kinds/contacts.ts";
import { bareCode, inFours } from "../../core/form/kinds/codes.ts";
import { isMasked } from "../../core/form/kinds/masked.ts";
import { pathOf, pathText } from "../../core/form/kinds/choices.ts";
import { textOfJson } from "../../core/form/kinds/jsonText.ts";
import { placeOf } from "../../core/form/kinds/structured.ts";
import { endsOf } from "../../core/form/kinds/times.ts";
import { regionTitle } from "../../core/form/regions.ts";
import type { FieldMeta, Json } from "../../core/form/types.ts";
import { formatMoment } from "../../core/formats/date.ts";
import { formatPercent } from "../../core/formats/number.ts";
import { localOfMoment, showLocal } from "../../core/formats/moment.ts";
import { fileAddress } from "../../api/upload.ts";
import { Chips } from "../../ui/Chips.tsx";
import { Markdown, textOfMarkdown } from "../../ui/Markdown.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { SafeHtml, textOfHtml } from "../../ui/SafeHtml.tsx";
import { Stars } from "../../ui/Stars.tsx";
import { Swatch } from "../../ui/Swatch.tsx";
import { filesOf } from "./controls/files.ts";
import { useRegions } from "./controls/useRegions.ts";
import { useNames, useOptionLabel } from "./data.ts";
import { textsOf } from "./display.ts";
import { useDurationWords } from "./durationWords.ts";
import { ReadValue } from "./ReadValue.tsx";
import "./controls/captured.css";
import "./controls/controls.css";

export interface DisplayProps {
  readonly meta: FieldMeta;
  readonly value: Json;
  /** The label of an id, or of several, where the record brought it. */
  readonly label: string | null;
  /** One line, as in a cell of a table. */
  readonly compact: boolean;
}

type Display = ComponentType<DisplayProps>;

const BarcodePicture = lazy(() => import("./BarcodePicture.tsx").then((module) => ({ default: module.BarcodePicture })));

const Colour: Display = ({ value }) => (
  <span className="fw-nowrap">
    <Swatch colour={String(value)} />
    {String(value)}
  </span>
);

const Link: Display = ({ value }) => {
  const href = safeLink(String(value));
  return href === null ? (
    <span>{String(value)}</span>
  ) : (
    <a href={href} target="_blank" rel="noopener noreferrer" onClick={(event) => event.stopPropagation()}>
      {String(value).replace(/^https?:\/\/(.*?)\/?$/, "$1")}
    </a>
  );
};

const Mail: Display = ({ value, compact }) => (compact || isMasked(value) ? <span>{String(value)}</span> : <a href={`mailto:${String(value)}`}>{String(value)}</a>);

const Phone: Display = ({ value, compact }) => {
  const text = isMasked(value) ? String(value) : formatPhone(String(value));
  return compact || isMasked(value) ? <span className="fw-nowrap">{text}</span> : <a href={`tel:${String(value)}`}>{text}</a>;
};

const Account: Display = ({ value }) => <span className="fw-nowrap">{/^\d+$/.test(bareCode(String(value))) ? inFours(bareCode(String(value))) : String(value)}</span>;

const Secret: Display = () => <span aria-hidden="true">••••••</span>;

const Words: Display = ({ value, compact }) => (compact ? <span>{textsOf(value).join("、")}</span> : <Chips items={textsOf(value).map((word) => ({ id: word, label: word }))} />);

const Rich: Display = ({ value, compact }) => (compact ? <span>{textOfHtml(String(value))}</span> : <SafeHtml html={String(value)} />);

const Marked: Display = ({ value, compact }) => (compact ? <span>{textOfMarkdown(String(value))}</span> : <Markdown text={String(value)} />);

const Rating: Display = ({ meta, value }) => {
  const { t } = useTranslation("controls");
  const most = Number(meta.max ?? 5);
  return <Stars value={Number(value)} most={most} label={t("rating.stars", { count: Number(value), of: most })} />;
};

const Progress: Display = ({ value }) => (
  <span className="control-done">
    <ProgressBar share={String(value)} />
    <span>{formatPercent(String(value))}</span>
  </span>
);

const Duration: Display = ({ meta, value }) => <span className="fw-nowrap">{useDurationWords()(String(value), meta.unit)}</span>;

const Range: Display = ({ meta, value }) => {
  const ends = endsOf(value).map((end) => (meta.type === "datetime_range" ? showLocal(localOfMoment(end)) || end : end));
  return <span>{ends.join(" – ")}</span>;
};

const Local: Display = ({ value }) => <span className="fw-nowrap">{showLocal(String(value))}</span>;

const Cascade: Display = ({ meta, value }) => {
  const path = pathOf(meta.options ?? [], String(value));
  return <span>{path.length === 0 ? String(value) : pathText(path)}</span>;
};

const Region: Display = ({ value }) => <span>{regionTitle(useRegions().data ?? null, String(value))}</span>;

function Named({ to, ids, label, compact }: { to: string; ids: readonly string[]; label: string | null; compact: boolean }) {
  const names = useNames(to, label === null ? ids : []);
  if (label !== null && (compact || ids.length < 2)) return <span>{label}</span>;
  return compact ? <span>{names.map((one) => one.label).join("、")}</span> : <Chips items={label === null ? names : label.split("、").map((one) => ({ id: one, label: one }))} />;
}

const Users: Display = ({ value, label, compact }) => <Named to="system.user" ids={textsOf(value)} label={label} compact={compact} />;
const Departments: Display = ({ value, label, compact }) => <Named to="system.department" ids={textsOf(value)} label={label} compact={compact} />;
const References: Display = ({ meta, value, label, compact }) => <Named to={meta.to ?? ""} ids={textsOf(value)} label={label} compact={compact} />;

const Either: Display = ({ value, label }) => {
  const { entity = "", id = "" } = (value ?? {}) as Readonly<Record<string, string>>;
  const named = useOptionLabel(entity, label === null && id !== "" ? id : null);
  return <span>{label ?? named ?? id}</span>;
};

const Signature: Display = ({ meta, value, compact }) => {
  const { t } = useTranslation("controls");
  const file = filesOf(value)[0];
  return file === undefined ? null : <img className={compact ? "control-signed control-signed-small" : "control-signed"} src={fileAddress(file.id)} alt={t("signature.of", { title: meta.title })} />;
};

const Location: Display = ({ value, compact }) => {
  const { t } = useTranslation("controls");
  const place = placeOf(value);
  if (place === null) return null;
  const degrees = `${place.lng}, ${place.lat}`;
  if (compact) return <span>{place.address || degrees}</span>;
  const measured = [place.accuracy ? t("location.accuracy", { metres: place.accuracy }) : "", place.at ? formatMoment(place.at) : ""].filter(Boolean).join(" · ");
  return (
    <span className="control-lines">
      {place.address && <span>{place.address}</span>}
      <span>{degrees}</span>
      {measured !== "" && <span className="fw-muted fw-small">{measured}</span>}
    </span>
  );
};

const Barcode: Display = ({ meta, value, compact }) =>
  compact ? (
    <span>{String(value)}</span>
  ) : (
    <span className="control-stack">
      <span>{String(value)}</span>
      <Suspense fallback={null}>
        <BarcodePicture text={String(value)} symbology={meta.symbology ?? "qr"} />
      </Suspense>
    </span>
  );

const JsonText: Display = ({ value, compact }) => (compact ? <code className="control-code-text">{JSON.stringify(value)}</code> : <pre className="control-json-read">{textOfJson(value)}</pre>);

/** A copied value as its own type is read, where the record that it was copied from says its type. */
function Part({ meta, value }: { meta: FieldMeta | undefined; value: Json }) {
  if (meta !== undefined) return <ReadValue meta={meta} value={value} label={null} inCell />;
  return <span>{value === null ? "—" : typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
}

const Snapshot: Display = ({ meta, value, compact }) => {
  const parts = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.entries(value as Readonly<Record<string, Json>>) : [];
  if (compact) return <span>{parts.map(([, part]) => (part === null ? "—" : typeof part === "object" ? JSON.stringify(part) : String(part))).join(" · ")}</span>;
  return (
    <dl className="control-snapshot">
      {parts.map(([name, part]) => {
        const field = meta.fields?.find((one) => one.name === name);
        return (
          <div key={name}>
            <dt>{field?.title ?? name}</dt>
            <dd>
              <Part meta={field} value={part} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
};

const Plain: Display = ({ value }) => <span>{String(value)}</span>;

const DISPLAYS: Readonly<Record<string, Display>> = {
  bank_account: Account,
  barcode: Barcode,
  cascade: Cascade,
  colour: Colour,
  date_range: Range,
  datetime_range: Range,
  departments: Departments,
  duration: Duration,
  dynamic_reference: Either,
  email: Mail,
  json: JsonText,
  local_datetime: Local,
  location: Location,
  markdown: Marked,
  phone: Phone,
  progress: Progress,
  rating: Rating,
  references: References,
  region: Region,
  rich_text: Rich,
  secret: Secret,
  signature: Signature,
  snapshot: Snapshot,
  tags: Words,
  time_range: Range,
  url: Link,
  users: Users,
};

export function RareValue(props: DisplayProps) {
  const Shown = DISPLAYS[props.meta.type] ?? Plain;
  return <Shown {...props} />;
}
