import { useTranslation } from "react-i18next";
import { Checkbox } from "../../../ui/Checkbox.tsx";
import { Menu } from "../../../ui/Menu.tsx";
import { optionTitles, textsOf } from "../display.ts";
import type { ControlProps } from "./control.ts";

/** Check boxes side by side; in a cell a button with the same choices in a list. */
export function MultiSelectControl({ meta, value, ids, inCell, onChange, onBlur }: ControlProps) {
  const { t } = useTranslation("form");
  const chosen = textsOf(value);
  const options = (meta.options ?? []).filter((option) => option.retired !== true || chosen.includes(option.value));
  const toggle = (one: string) => {
    const next = chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
    onChange(next.length === 0 ? null : options.map((option) => option.value).filter((each) => next.includes(each)));
  };
  if (inCell) {
    return (
      <span id={ids.id}>
        <Menu
          label={`${optionTitles(meta, chosen) || t("choose")}`}
          size="s"
          variant="ghost"
          entries={options.map((option) => ({ key: option.value, label: option.title, checked: chosen.includes(option.value), onSelect: () => toggle(option.value) }))}
        />
      </span>
    );
  }
  return (
    <fieldset id={ids.id} aria-label={ids["aria-label"] ?? meta.title} aria-describedby={ids["aria-describedby"]} className="form-choices">
      {options.map((option) => (
        <Checkbox key={option.value} label={option.title} checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} onBlur={onBlur} />
      ))}
    </fieldset>
  );
}
