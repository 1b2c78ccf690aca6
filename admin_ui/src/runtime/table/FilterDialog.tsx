import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Select } from "../../ui/Select.tsx";
import { completed, isGroup, withItem, withoutItem, type Condition, type Group } from "./filter.ts";
import { operatorsOf, operatorWord } from "./operators.ts";
import { ValueInput } from "./ValueInput.tsx";

interface FilterDialogProps {
  fields: readonly FieldMeta[];
  filter: Group;
  onApply: (filter: Group) => void;
  onClose: () => void;
}

function firstCondition(fields: readonly FieldMeta[]): Condition[] {
  const field = fields[0];
  return field === undefined ? [] : [{ field: field.name, op: operatorsOf(field)[0] ?? "eq" }];
}

/** Conditions by all / any, with groups one level deep. */
export function FilterDialog({ fields, filter, onApply, onClose }: FilterDialogProps) {
  const { t } = useTranslation("table");
  const usable = fields.filter((field) => operatorsOf(field).length > 0);
  const [draft, setDraft] = useState<Group>(filter.items.length > 0 ? filter : { join: "and", items: firstCondition(usable) });
  return (
    <Dialog
      title={t("filter.title")}
      size="l"
      onClose={onClose}
      data-testid="filter-dialog"
      footer={
        <>
          <Button onClick={() => onApply({ join: "and", items: [] })}>{t("filter.clear")}</Button>
          <Button variant="primary" onClick={() => onApply(completed(draft))}>
            {t("filter.apply")}
          </Button>
        </>
      }
    >
      <GroupEditor fields={usable} group={draft} onChange={setDraft} nested={false} />
    </Dialog>
  );
}

interface GroupEditorProps {
  fields: readonly FieldMeta[];
  group: Group;
  onChange: (group: Group) => void;
  nested: boolean;
}

function GroupEditor({ fields, group, onChange, nested }: GroupEditorProps) {
  const { t } = useTranslation("table");
  const joins = [
    { value: "and", label: t("filter.all") },
    { value: "or", label: t("filter.any") },
  ];
  return (
    <div className="filter-group">
      <Select aria-label={t("filter.join")} value={group.join} onChange={(join) => onChange({ ...group, join: join === "or" ? "or" : "and" })} options={joins} />
      {group.items.map((item, index) => {
        const change = (next: typeof item) => onChange(withItem(group, index, next));
        return (
          <div key={`${index + 1}`} className="filter-line">
            {isGroup(item) ? <GroupEditor fields={fields} group={item} onChange={change} nested /> : <ConditionEditor fields={fields} condition={item} onChange={change} />}
            <IconButton icon="close" label={t("filter.remove")} onClick={() => onChange(withoutItem(group, index))} />
          </div>
        );
      })}
      <div className="fw-row">
        <Button size="s" icon="plus" onClick={() => onChange({ ...group, items: [...group.items, ...firstCondition(fields)] })}>
          {t("filter.add")}
        </Button>
        {!nested && (
          <Button size="s" icon="plus" onClick={() => onChange({ ...group, items: [...group.items, { join: group.join === "and" ? "or" : "and", items: firstCondition(fields) }] })}>
            {t("filter.add_group")}
          </Button>
        )}
      </div>
    </div>
  );
}

function ConditionEditor({ fields, condition, onChange }: { fields: readonly FieldMeta[]; condition: Condition; onChange: (condition: Condition) => void }) {
  const { t } = useTranslation("table");
  const field = fields.find((one) => one.name === condition.field);
  const names = fields.map((one) => ({ value: one.name, label: one.title }));
  const operators = field === undefined ? [] : operatorsOf(field);
  const choose = (name: string) => {
    const next = fields.find((one) => one.name === name);
    if (next !== undefined) onChange({ field: name, op: operatorsOf(next)[0] ?? "eq" });
  };
  return (
    <div className="filter-condition">
      <Select aria-label={t("filter.field")} value={condition.field} onChange={choose} options={names} />
      <Select
        aria-label={t("filter.operator")}
        value={condition.op}
        onChange={(op) => onChange({ field: condition.field, op })}
        options={operators.map((op) => ({ value: op, label: t(operatorWord(field, op)) }))}
      />
      {field !== undefined && <ValueInput field={field} condition={condition} onChange={onChange} />}
    </div>
  );
}
