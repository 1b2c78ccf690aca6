import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { searchDepartments, searchOptions, searchPeople } from "../../api/queries.ts";
import type { Option } from "../../api/types.ts";
import { dateOfText } from "../../core/formats/date.ts";
import { shiftPoint } from "../../core/formats/number.ts";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { DateInput } from "../../ui/DateInput.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { isNumeric } from "./columns.ts";
import type { Condition } from "./filter.ts";

interface ValueInputProps {
  field: FieldMeta;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

/** How candidates of a field that names a record, a person or a department are searched; null for other fields. */
export function searcherOf(field: FieldMeta): ((text: string) => Promise<Option[]>) | null {
  if (field.type === "user") return searchPeople;
  if (field.type === "department") return searchDepartments;
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
  if (field.options) {
    const options = field.options.map((option) => ({ value: option.value, label: option.title }));
    return <Select aria-label={label} placeholder={t("filter.choose")} value={value} onChange={onChange} options={options} />;
  }
  if (field.type === "percent") return <NumberInput aria-label={label} suffix="%" value={shiftPoint(value, 2)} onChange={(text) => onChange(shiftPoint(text, -2))} />;
  if (isNumeric(field.type)) return <NumberInput aria-label={label} value={value} onChange={onChange} />;
  if (field.type === "date" || field.type === "datetime") return <DateInput aria-label={label} value={value.slice(0, 10)} onChange={(text) => onChange(dateOfText(text) ?? "")} />;
  if (field.type === "time") return <DateInput type="time" aria-label={label} value={value} onChange={onChange} />;
  return <TextInput aria-label={label} value={value} onChange={onChange} />;
}

function typed(field: FieldMeta, text: string): string | boolean {
  return field.type === "boolean" && text !== "" ? text === "true" : text;
}

/** The value side of a condition, by field type and operator. */
export function ValueInput({ field, condition, onChange }: ValueInputProps) {
  const { t } = useTranslation("table");
  const { op, value } = condition;
  const label = t("filter.value", { title: field.title });
  const set = (next: Condition["value"], name?: string) => onChange({ ...condition, value: next, label: name });
  if (op === "blank" || op === "not_blank") return <span />;
  const many = Array.isArray(value) ? value : [];
  if (op === "between") {
    return (
      <span className="fw-row">
        <Single field={field} label={t("filter.from")} value={many[0] ?? ""} onChange={(text) => set([text, many[1] ?? ""])} />
        <span>–</span>
        <Single field={field} label={t("filter.to")} value={many[1] ?? ""} onChange={(text) => set([many[0] ?? "", text])} />
      </span>
    );
  }
  if (op === "in" || op === "not_in") {
    return (
      <fieldset className="filter-many" aria-label={label}>
        {field.options?.map((option) => (
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
  const search = searcherOf(field);
  const text = value === undefined || value === null ? "" : String(value);
  if (search !== null && (op === "eq" || op === "ne")) {
    const chosen = text === "" ? null : { id: text, label: condition.label ?? text };
    return <Combobox aria-label={label} search={search} value={chosen} onChange={(option) => set(option?.id ?? "", option?.label)} />;
  }
  return <Single field={field} label={label} value={text} onChange={(next) => set(typed(field, next))} />;
}
