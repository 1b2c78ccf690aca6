import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntityMeta, FieldMeta } from "../../api/meta.ts";
import { isBlank, isComputed } from "../../core/form/values.ts";
import type { Json } from "../../core/form/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Select } from "../../ui/Select.tsx";
import { FieldControl } from "../form/FieldControl.tsx";

export interface BulkFieldsProps {
  readonly meta: EntityMeta;
  /** A field without a value is named and not filled yet. */
  readonly values: Readonly<Record<string, Json | undefined>>;
  readonly onChange: (values: Readonly<Record<string, Json | undefined>>) => void;
}

const NOT_FOR_MANY = new Set(["sub_table", "attachment", "image", "signature", "series", "snapshot"]);

/** Fields that can be given one value in many records. */
export function bulkFields(meta: EntityMeta): FieldMeta[] {
  return meta.fields.filter((field) => !NOT_FOR_MANY.has(field.type) && !field.read_only && !isComputed(field) && (field.access ?? "write") === "write");
}

/** Which fields get which values; none is touched that is not named here. */
export function BulkFields({ meta, values, onChange }: BulkFieldsProps) {
  const { t } = useTranslation("bulk");
  const fields = bulkFields(meta);
  const [labels, setLabels] = useState<Readonly<Record<string, string | null>>>({});
  const named = Object.keys(values);
  const left = fields.filter((field) => !named.includes(field.name));
  const set = (name: string, value: Json | undefined, label?: string | null) => {
    onChange({ ...values, [name]: value });
    if (label !== undefined) setLabels({ ...labels, [name]: label });
  };
  const drop = (name: string) => onChange(Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)));
  return (
    <div className="fw-stack">
      {named.map((name) => {
        const field = fields.find((one) => one.name === name);
        return field && <OneField key={name} field={field} value={values[name] ?? null} label={labels[name] ?? null} onChange={(value, label) => set(name, value, label)} onDrop={() => drop(name)} />;
      })}
      <Select aria-label={t("add_field")} placeholder={t(named.length === 0 ? "choose_field" : "add_field")} value="" onChange={(name) => name !== "" && set(name, undefined)} options={left.map((field) => ({ value: field.name, label: field.title }))} />
    </div>
  );
}

interface OneFieldProps {
  readonly field: FieldMeta;
  readonly value: Json;
  readonly label: string | null;
  readonly onChange: (value: Json | undefined, label?: string | null) => void;
  readonly onDrop: () => void;
}

function OneField({ field, value, label, onChange, onDrop }: OneFieldProps) {
  const { t } = useTranslation("bulk");
  const id = useId();
  const [clears, setClears] = useState(false);
  const meta = { ...field, required: false, default: null, visible: null, help: null };
  return (
    <div className="bulk-field">
      <label htmlFor={id}>{field.title}</label>
      <div className="bulk-value">
        {clears ? <span className="fw-muted">{t("cleared")}</span> : <FieldControl meta={meta} value={value} label={label} ids={{ id }} inCell={false} onChange={(next, name) => onChange(isBlank(next) ? undefined : next, name)} onBlur={() => undefined} asker="" record={() => ({})} />}
      </div>
      {!field.required && (
        <Checkbox
          label={t("clear")}
          checked={clears}
          onChange={(on) => {
            setClears(on);
            onChange(on ? null : undefined, null);
          }}
        />
      )}
      <IconButton icon="close" label={t("drop", { title: field.title })} onClick={onDrop} />
    </div>
  );
}

