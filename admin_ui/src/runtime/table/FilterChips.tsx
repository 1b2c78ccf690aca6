import { useTranslation } from "react-i18next";
import type { FieldMeta } from "../../api/meta.ts";
import { formatNumber, formatPercent } from "../../core/formats/number.ts";
import { isShare } from "../../core/form/values.ts";
import { IconButton } from "../../ui/Button.tsx";
import { isNumeric } from "./columns.ts";
import { operatorWord } from "./operators.ts";
import { isGroup, VALUELESS, withoutItem, type Condition, type FilterNode, type Group } from "./filter.ts";

interface FilterChipsProps {
  fields: readonly FieldMeta[];
  filter: Group;
  onChange: (filter: Group) => void;
  onEdit: () => void;
}

type Translate = (key: string) => string;

function valueText(t: Translate, field: FieldMeta | undefined, value: string): string {
  const option = field?.options?.find((one) => one.value === value);
  if (option !== undefined) return option.title;
  if (value === "true" || value === "false") return t(value === "true" ? "yes" : "no");
  if (field !== undefined && isShare(field)) return formatPercent(value);
  return field !== undefined && isNumeric(field.type) ? formatNumber(value, field.scale) : value;
}

function conditionText(t: Translate, fields: readonly FieldMeta[], condition: Condition): string {
  const field = fields.find((one) => one.name === condition.field);
  const start = `${field?.title ?? condition.field} ${t(operatorWord(field, condition.op))}`;
  if (VALUELESS.has(condition.op)) return start;
  if (condition.label !== undefined) return `${start} ${condition.label}`;
  const values = Array.isArray(condition.value) ? condition.value : [String(condition.value ?? "")];
  return `${start} ${values.map((value) => valueText(t, field, String(value))).join(condition.op === "between" ? " – " : "、")}`;
}

/** A filter in words: "状态 等于 草稿 或 金额 大于 1,000". */
export function filterText(t: Translate, fields: readonly FieldMeta[], node: FilterNode): string {
  if (!isGroup(node)) return conditionText(t, fields, node);
  return node.items.map((item) => (isGroup(item) ? `(${filterText(t, fields, item)})` : filterText(t, fields, item))).join(` ${t(`filter.${node.join}`)} `);
}

/** Each condition as a chip that a press opens and its cross takes away. */
export function FilterChips({ fields, filter, onChange, onEdit }: FilterChipsProps) {
  const { t } = useTranslation("table");
  if (filter.items.length === 0) return null;
  // Joined by "or" the conditions only make sense together: one chip.
  const chips: FilterNode[] = filter.join === "and" ? filter.items : [filter];
  return (
    <ul className="filter-chips" aria-label={t("filter.title")}>
      {chips.map((chip, index) => {
        const text = filterText(t, fields, chip);
        const rest = filter.join === "and" ? withoutItem(filter, index) : { ...filter, items: [] };
        return (
          <li key={text} className="filter-chip">
            <button type="button" className="filter-chip-text" onClick={onEdit}>
              {text}
            </button>
            <IconButton icon="close" size="s" label={t("filter.remove_one", { text })} onClick={() => onChange(rest)} />
          </li>
        );
      })}
    </ul>
  );
}
