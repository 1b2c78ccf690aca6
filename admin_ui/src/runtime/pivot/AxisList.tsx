import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import type { AxisData } from "./data.ts";
import { axisFields, axisName, GRAINS, isDated, moved, type Axis, type Shown, type Side } from "./layout.ts";

const MOST = 4;

interface AxisListProps {
  side: Side;
  fields: readonly FieldMeta[];
  titles: ReadonlyMap<string, AxisData>;
  draft: Shown;
  onChange: (next: Shown) => void;
}

/** The axes of one side in their order. */
export function AxisList({ side, fields, titles, draft, onChange }: AxisListProps) {
  const { t } = useTranslation("pivot");
  const axes = draft[side];
  const other: Side = side === "rows" ? "columns" : "rows";
  const titleOf = (axis: Axis) => fields.find((field) => field.name === axis.field)?.title ?? titles.get(axis.field)?.title ?? axis.field;
  const typeOf = (axis: Axis) => fields.find((field) => field.name === axis.field)?.type ?? titles.get(axis.field)?.type;
  const put = (next: Axis[]) => onChange({ ...draft, [side]: next });
  const taken = new Set([...draft.rows, ...draft.columns].map((axis) => axis.field));
  const free = axisFields(fields).filter((field) => !taken.has(field.name) || isDated(field.type));
  const add = (name: string) => {
    const dated = isDated(fields.find((field) => field.name === name)?.type);
    const used = new Set([...draft.rows, ...draft.columns].map(axisName));
    const by = ["month", ...GRAINS].find((grain) => !used.has(`${name}:${grain}`)) ?? null;
    put([...axes, { field: name, by: dated ? by : null }]);
  };
  return (
    <fieldset className="pivot-part" data-place={`${side} ${axes.length}`}>
      <legend>{t(side)}</legend>
      <ol className="pivot-axes">
        {axes.map((axis, place) => {
          const name = titleOf(axis);
          return (
            <li key={axisName(axis)} draggable data-place={`${side} ${place}`}>
              <span className="fw-grow">{name}</span>
              {isDated(typeOf(axis)) && <Select aria-label={t("by", { name })} value={axis.by ?? "day"} onChange={(by) => put(axes.map((one, at) => (at === place ? { ...one, by } : one)))} options={GRAINS.map((value) => ({ value, label: t(`grain.${value}`) }))} />}
              <IconButton icon="up" size="s" label={t("up", { name })} disabled={place === 0} onClick={() => onChange(moved(draft, { side, place }, { side, place: place - 1 }))} />
              <IconButton icon="down" size="s" label={t("down", { name })} disabled={place === axes.length - 1} onClick={() => onChange(moved(draft, { side, place }, { side, place: place + 1 }))} />
              <IconButton icon="transfer" size="s" label={t(`to_${other}`, { name })} disabled={draft[other].length >= MOST} onClick={() => onChange(moved(draft, { side, place }, { side: other, place: MOST }))} />
              <IconButton icon="close" size="s" label={t("remove", { name })} onClick={() => put(axes.filter((_, at) => at !== place))} />
            </li>
          );
        })}
      </ol>
      {axes.length < MOST && <Select aria-label={t(`add_${side}`)} value="" placeholder={t(`add_${side}`)} onChange={add} options={free.map((field) => ({ value: field.name, label: field.title }))} />}
    </fieldset>
  );
}
