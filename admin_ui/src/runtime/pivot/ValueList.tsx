import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { functionsOf, valueName, type Value } from "./layout.ts";

const MOST = 10;
const RECORDS = "*";

interface ValueListProps {
  fields: readonly FieldMeta[];
  values: readonly Value[];
  onChange: (values: Value[]) => void;
}

/** What a value is called: "Sum of Amount". */
export function useValueTitle(fields: readonly FieldMeta[]): (value: Value) => string {
  const { t } = useTranslation("pivot");
  return ({ fn, field }) => (field === "" ? t("records") : t(`value_of.${fn}`, { name: fields.find((one) => one.name === field)?.title ?? field }));
}

/** What stands in each cell. */
export function ValueList({ fields, values, onChange }: ValueListProps) {
  const { t } = useTranslation("pivot");
  const titleOf = useValueTitle(fields);
  const open = fields.filter((field) => field.access !== "mask");
  const fieldOf = (name: string) => open.find((field) => field.name === name);
  const used = new Set(values.map(valueName));
  const free = open.filter((field) => functionsOf(field).some((fn) => !used.has(`${fn}:${field.name}`)));
  const add = (name: string) => {
    if (name === RECORDS) return onChange([...values, { fn: "count", field: "" }]);
    const fn = functionsOf(fieldOf(name)).find((one) => !used.has(`${one}:${name}`)) ?? "count";
    return onChange([...values, { fn, field: name }]);
  };
  return (
    <fieldset className="pivot-part">
      <legend>{t("values")}</legend>
      <ol className="pivot-axes">
        {values.map((value, place) => {
          const name = titleOf(value);
          const choices = functionsOf(fieldOf(value.field)).filter((fn) => fn === value.fn || !used.has(`${fn}:${value.field}`));
          return (
            <li key={valueName(value)}>
              <span className="fw-grow">{value.field === "" ? name : (fieldOf(value.field)?.title ?? value.field)}</span>
              {value.field !== "" && <Select aria-label={t("how", { name })} value={value.fn} onChange={(fn) => onChange(values.map((one, at) => (at === place ? { ...one, fn } : one)))} options={choices.map((fn) => ({ value: fn, label: t(`fn.${fn}`) }))} />}
              <IconButton icon="close" size="s" label={t("remove", { name })} disabled={values.length === 1} onClick={() => onChange(values.filter((_, at) => at !== place))} />
            </li>
          );
        })}
      </ol>
      {values.length < MOST && (
        <Select
          aria-label={t("add_value")}
          value=""
          placeholder={t("add_value")}
          onChange={add}
          options={[...(used.has("count") ? [] : [{ value: RECORDS, label: t("records") }]), ...free.map((field) => ({ value: field.name, label: field.title }))]}
        />
      )}
    </fieldset>
  );
}
