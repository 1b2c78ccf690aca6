import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Drawer } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { AxisList } from "./AxisList.tsx";
import type { AxisData } from "./data.ts";
import { moved, TOTALS, valueName, type Shown } from "./layout.ts";
import { useAxisDrag } from "./useAxisDrag.ts";
import { ValueList, useValueTitle } from "./ValueList.tsx";

interface LayoutDialogProps {
  fields: readonly FieldMeta[];
  /** What the axes on the page are called: a path through a reference is no field of its own. */
  titles: ReadonlyMap<string, AxisData>;
  shown: Shown;
  onApply: (next: Shown) => void;
  onReset: () => void;
  onClose: () => void;
}

/** Rows, columns, values, totals and order: by buttons and lists, or drawn from one place to another. */
export function LayoutDialog({ fields, titles, shown, onApply, onReset, onClose }: LayoutDialogProps) {
  const { t } = useTranslation("pivot");
  const [draft, setDraft] = useState(shown);
  const box = useAxisDrag((from, to) => setDraft((old) => moved(old, from, to)));
  const titleOf = useValueTitle(fields);
  const names = draft.values.map(valueName);
  const sort = names.includes(draft.sort.replace(/^-/, "")) ? draft.sort : "";
  const orders = draft.values.flatMap((value) => [
    { value: `-${valueName(value)}`, label: t("falling", { name: titleOf(value) }) },
    { value: valueName(value), label: t("rising", { name: titleOf(value) }) },
  ]);
  const total = (name: string, wanted: boolean) => setDraft({ ...draft, totals: TOTALS.filter((one) => (one === name ? wanted : draft.totals.includes(one))) });
  return (
    <Drawer
      title={t("layout")}
      onClose={onClose}
      data-testid="pivot-layout"
      footer={
        <>
          <Button onClick={onReset}>{t("as_designed")}</Button>
          <Button variant="primary" disabled={draft.values.length === 0} onClick={() => onApply({ ...draft, sort })}>
            {t("apply")}
          </Button>
        </>
      }
    >
      <div className="fw-stack" ref={box}>
        <AxisList side="rows" fields={fields} titles={titles} draft={draft} onChange={setDraft} />
        <AxisList side="columns" fields={fields} titles={titles} draft={draft} onChange={setDraft} />
        <ValueList fields={fields} values={draft.values} onChange={(values) => setDraft({ ...draft, values })} />
        <fieldset className="pivot-part">
          <legend>{t("totals")}</legend>
          {TOTALS.map((name) => (
            <Checkbox key={name} label={t(`total_of.${name}`)} checked={draft.totals.includes(name)} onChange={(wanted) => total(name, wanted)} />
          ))}
        </fieldset>
        <Field label={t("order")}>{(ids) => <Select {...ids} value={sort} onChange={(next) => setDraft({ ...draft, sort: next })} placeholder={t("own_order")} options={orders} />}</Field>
      </div>
    </Drawer>
  );
}
