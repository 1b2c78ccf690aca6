import { useTranslation } from "react-i18next";
import type { Option } from "../api/types.ts";
import { IconButton } from "./Button.tsx";
import "./Choices.css";

/** What was chosen, one chip each; with `onRemove` each can be taken away. */
export function Chips({ items, onRemove, label }: { items: readonly Option[]; onRemove?: ((id: string) => void) | undefined; label?: string | undefined }) {
  const { t } = useTranslation("ui");
  return (
    <ul className="fw-chips" aria-label={label}>
      {items.map(({ id, label: name }) => (
        <li key={id} className={onRemove ? "fw-chip" : "fw-chip fw-chip-plain"}>
          <span>{name}</span>
          {onRemove && <IconButton icon="close" size="s" label={t("chips.remove", { name })} onClick={() => onRemove(id)} />}
        </li>
      ))}
    </ul>
  );
}
