import { lazy, Suspense, useId } from "react";
import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { searchDepartments, searchOptions, searchPeople } from "../../api/queries.ts";
import type { Option } from "../../api/types.ts";
import { allPaths } from "../../core/form/kinds/choices.ts";
import type { Json } from "../../core/form/types.ts";
import { isShare, isWhole } from "../../core/form/values.ts";
import { dateOfText, formatMoment } from "../../core/formats/date.ts";
import { shiftPoint } from "../../core/formats/number.ts";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { DateInput } from "../../ui/DateInput.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { isNumeric } from "./columns.ts";
import { isLink, type Condition } from "./filter.ts";
import { SPANS } from "./operators.ts";

interface ValueInputProps {
  field: FieldMeta;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

/** How candidates of a field that names a record, a person or a department are searched; null for other fields. */
export function searcherOf(field: FieldMeta): ((text: string) => Promise<Option[]>) | null {
  if (field.type === "user" || field.type === "users") return searchPeople;
  if (field.type === "department" || field.type === "departments") return searchDepartments;
  const { to } = field;
  if (to === null || to === undefined || to === "") return null;
  return (text) => searchOptions(to, { q: text });
}

function Single({ field, value, label, onChange }: { field: FieldMeta; value: string; label: string; onChange: (value: string) => void }) {
  const { t } = useTranslation("table");
  if (field.type === "boolean") {
    const options = [
      { value: "true", label: t("yes") },
      { value: "false", label: t("no") },
    ];
    return <Select aria-label={label} placeholder={t("filter.choose")} value={value} onChange={onChange} options={options} />;
  }
  if (field.options && field.type !== "cascade") {
    const options = field.options.map((option) => ({ value: option.value, label: option.title }));
    return <Select aria-label={label} placeholder={t("filter.choose")} value={value} onChange={onChange} options={options} />;
  }
  if (isShare(field)) return <NumberInput aria-label={label} suffix="%" value={shiftPoint(value, 2)} onChange={(text) => onChange(shiftPoint(text, -2))} />;
  if (isNumeric(field.type)) return <NumberInput aria-label={label} value={value} onChange={onChange} />;
  if (field.type === "date" || field.type === "datetime") return <DateInput aria-label={label} value={value.slice(0, 10)} onChange={(text) => onChange(dateOfText(text) ?? "")} />;
  if (field.type === "time") return <DateInput type="time" aria-label={label} value={value} onChange={onChange} />;
  if (BY_CONTROL.has(field.type)) return <Controlled field={field} value={wire(field, value)} label={label} onChange={(next) => onChange(next === null ? "" : String(next))} />;
  return <TextInput aria-label={label} value={value} onChange={onChange} />;
}

/** Types that are asked for with the control of their form. */
const BY_CONTROL = new Set("barcode cascade colour duration period region role project_role rating local_datetime date_range datetime_range time_range quantity".split(" "));
const FieldControl = lazy(() => import("../form/FieldControl.tsx").then((module) => ({ default: module.FieldControl })));

interface ControlledProps {
  field: FieldMeta;
  value: Json;
  label: string;
  onChange: (value: Json, label?: string | null) => void;
}

/** The form's own control, small and without what a record would demand. */
function Controlled({ field, value, label, onChange }: ControlledProps) {
  const id = useId();
  const meta = { ...field, required: false, help: null, default: null };
  return (
    <Suspense fallback={<span className="fw-skeleton" />}>
      <FieldControl key={`${field.name}.${field.type}`} meta={meta} value={value === "" ? null : value} label={null} ids={{ id, "aria-label": label }} inCell onChange={onChange} onBlur={() => undefined} asker="" record={() => ({})} />
    </Suspense>
  );
}

const SEVERAL: Readonly<Record<string, string>> = { user: "users", department: "departments", reference: "references", tree_parent: "references" };

/** What was typed as it travels: whole numbers are JSON numbers. */
function wire(field: FieldMeta, text: string): string | number {
  const number = Number(text);
  return isWhole(field) && text.trim() !== "" && Number.isSafeInteger(number) ? number : text;
}

function typed(field: FieldMeta, text: string): string | number | boolean {
  return field.type === "boolean" && text !== "" ? text === "true" : wire(field, text);
}

/** The value side of a condition, by field type and operator. */
export function ValueInput({ field, condition, onChange }: ValueInputProps) {
  const { t } = useTranslation("table");
  const { op, value } = condition;
  const label = t("filter.value", { title: field.title });
  const set = (next: Condition["value"], name?: string) => onChange({ ...condition, value: next, label: name });
  if (op === "blank" || op === "not_blank") return <span />;
  const many = Array.isArray(value) ? value.map(String) : [];
  if (op === "between") {
    return (
      <span className="fw-row">
        <Single field={field} label={t("filter.from")} value={many[0] ?? ""} onChange={(text) => set([wire(field, text), wire(field, many[1] ?? "")])} />
        <span>–</span>
        <Single field={field} label={t("filter.to")} value={many[1] ?? ""} onChange={(text) => set([wire(field, many[0] ?? ""), wire(field, text)])} />
      </span>
    );
  }
  const several = SEVERAL[field.type];
  if ((op === "in" || op === "not_in") && several !== undefined) {
    return <Controlled field={{ ...field, type: several, control: several }} value={many} label={label} onChange={(next, name) => set(next === null ? [] : (next as string[]), name ?? undefined)} />;
  }
  if (op === "in" || op === "not_in") {
    return (
      <fieldset className="filter-many" aria-label={label}>
        {allPaths(field.options ?? []).map((path) => path.at(-1) ?? { value: "", title: "" }).map((option) => (
          <Checkbox
            key={option.value}
            label={option.title}
            checked={many.includes(option.value)}
            onChange={(on) => set(on ? [...many, option.value] : many.filter((one) => one !== option.value))}
          />
        ))}
      </fieldset>
    );
  }
  const point = SPANS[field.type];
  if (op === "contains" && point !== undefined) return <Controlled field={{ ...field, type: point, control: point }} value={String(value ?? "")} label={label} onChange={(next) => set(next === null ? "" : String(next), typeof next === "string" && point === "datetime" ? formatMoment(next) : undefined)} />;
  if (op === "starts_with" && field.type === "region") return <Controlled field={{ ...field, any_level: true }} value={String(value ?? "")} label={label} onChange={(next, name) => set(next === null ? "" : String(next), name ?? undefined)} />;
  if (field.type === "dynamic_reference") return <Controlled field={field} value={isLink(value) ? { ...value } : null} label={label} onChange={(next, name) => set(isLink(next) ? next : "", name ?? undefined)} />;
  const search = searcherOf(field);
  const text = value === undefined || value === null ? "" : String(value);
  if (search !== null && (op === "eq" || op === "ne" || op === "contains" || op === "under")) {
    const chosen = text === "" ? null : { id: text, label: condition.label ?? text };
    return <Combobox aria-label={label} search={search} value={chosen} onChange={(option) => set(option?.id ?? "", option?.label)} />;
  }
  return <Single field={field} label={label} value={text} onChange={(next) => set(typed(field, next))} />;
}
