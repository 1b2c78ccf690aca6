import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";

interface ColumnDialogProps {
  /** All columns that there are: field and title. */
  all: readonly { field: string; title: string }[];
  chosen: readonly string[];
  onApply: (columns: string[]) => void;
  onClose: () => void;
}

function moved(list: readonly string[], field: string, step: number): string[] {
  const at = list.indexOf(field);
  const rest = list.filter((one) => one !== field);
  rest.splice(Math.max(0, at + step), 0, field);
  return rest;
}

/** Which columns, and in which order. */
export function ColumnDialog({ all, chosen, onApply, onClose }: ColumnDialogProps) {
  const { t } = useTranslation("table");
  const [columns, setColumns] = useState<readonly string[]>(chosen);
  const titles = new Map(all.map((one) => [one.field, one.title]));
  const hidden = all.filter((one) => !columns.includes(one.field));
  const toggle = (field: string, on: boolean) => setColumns(on ? [...columns, field] : columns.filter((one) => one !== field));
  return (
    <Dialog
      title={t("columns.title")}
      size="s"
      onClose={onClose}
      data-testid="column-dialog"
      footer={
        <>
          <Button onClick={() => onApply([])}>{t("columns.reset")}</Button>
          <Button variant="primary" disabled={columns.length === 0} onClick={() => onApply([...columns])}>
            {t("columns.apply")}
          </Button>
        </>
      }
    >
      <ul aria-label={t("columns.title")}>
        {columns.map((field, index) => (
          <li key={field} className="fw-row">
            <span className="fw-grow">
              <Checkbox label={titles.get(field) ?? field} checked onChange={() => toggle(field, false)} />
            </span>
            <IconButton icon="up" size="s" label={t("columns.up")} disabled={index === 0} onClick={() => setColumns(moved(columns, field, -1))} />
            <IconButton icon="down" size="s" label={t("columns.down")} disabled={index === columns.length - 1} onClick={() => setColumns(moved(columns, field, 1))} />
          </li>
        ))}
        {hidden.map((one) => (
          <li key={one.field}>
            <Checkbox label={one.title} checked={false} onChange={() => toggle(one.field, true)} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
