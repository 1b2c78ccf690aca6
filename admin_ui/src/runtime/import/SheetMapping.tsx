import { useTranslation } from "react-i18next";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Field } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Select } from "../../ui/Select.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { LINK, type ColumnChoice, type Offer, type SheetOffer, type Target } from "./data.ts";

interface SheetMappingProps {
  offer: Offer;
  sheet: SheetOffer;
  /** The titles stand in another row, or the rows are of another sub-table: the file is looked at again. */
  onLook: (header: number, table: string) => void;
  onColumns: (columns: ColumnChoice[]) => void;
}

const NUMBERS = new Set(["decimal", "money", "percent", "quantity"]);

function headerRows(present: number): { value: string; label: string }[] {
  return Array.from({ length: Math.max(20, present) }, (_, at) => ({ value: String(at + 1), label: String(at + 1) }));
}

function groups(offer: Offer, table: string): { label: string; targets: Target[] }[] {
  const own = offer.targets.filter((one) => one.table === table && one.path !== LINK);
  const below = table === "" ? offer.tables.map((one) => ({ label: one.title, targets: offer.targets.filter((target) => target.table === one.name) })) : [];
  return [{ label: "", targets: own }, ...below].filter((one) => one.targets.length > 0);
}

/** One sheet: every column with its title, what stands below it, and the field that it is for. */
export function SheetMapping({ offer, sheet, onLook, onColumns }: SheetMappingProps) {
  const { t } = useTranslation("import");
  const fields = new Map(sheet.columns.map((one) => [one.column, one]));
  const byPath = new Map(offer.targets.map((one) => [one.path, one]));
  const options = [
    ...groups(offer, sheet.table).flatMap((group) => group.targets.map((one) => ({ value: one.path, label: one.use === "compare" ? t("columns.compared", { title: one.title }) : one.title }))),
    { value: LINK, label: byPath.get(LINK)?.title ?? LINK },
  ];
  const taken = new Set(sheet.columns.map((one) => one.field));
  const change = (column: number, next: Partial<ColumnChoice>) => onColumns(sheet.titles.map((_, at) => ({ field: "", ...fields.get(at), column: at, ...(at === column ? next : {}) })));
  const columns: TableColumn<number>[] = [
    { key: "title", title: t("columns.in_file"), render: (at) => <strong>{sheet.titles[at] || t("columns.untitled", { column: at + 1 })}</strong> },
    { key: "sample", title: t("columns.sample"), render: (at) => <span className="fw-muted import-sample">{sheet.sample.map((row) => row[at] ?? "").filter((cell) => cell !== "").slice(0, 3).join(" · ")}</span> },
    {
      key: "field",
      title: t("columns.field"),
      width: 300,
      render: (at) => {
        const chosen = fields.get(at)?.field ?? "";
        const target = byPath.get(chosen);
        return (
          <span className="import-field">
            <Icon name={chosen === "" ? "right" : "check"} size={16} />
            <Select aria-label={t("columns.for", { title: sheet.titles[at] })} value={chosen} placeholder={t("columns.leave_out")} options={options.map((one) => ({ ...one, disabled: one.value !== chosen && taken.has(one.value) }))} onChange={(field) => change(at, { field, rounded: false })} />
            {target !== undefined && target.use === "write" && NUMBERS.has(target.type) && <Checkbox label={t("columns.rounded")} checked={fields.get(at)?.rounded === true} onChange={(rounded) => change(at, { rounded })} />}
          </span>
        );
      },
    },
  ];
  return (
    <section className="fw-stack import-sheet" aria-label={sheet.name}>
      <div className="fw-row fw-row-wrap import-sheet-head">
        <h2 className="fw-grow">
          {sheet.name} <span className="fw-muted fw-small">{t("columns.rows", { count: sheet.rows })}</span>
        </h2>
        <Field label={t("columns.header")}>{(ids) => <Select {...ids} value={String(sheet.header)} options={headerRows(sheet.header)} onChange={(value) => onLook(Number(value), sheet.table)} />}</Field>
        {offer.tables.length > 0 && offer.sheets.length > 1 && (
          <Field label={t("columns.holds")}>
            {(ids) => <Select {...ids} value={sheet.table} options={[{ value: "", label: t("columns.records") }, ...offer.tables.map((one) => ({ value: one.name, label: one.title }))]} onChange={(table) => onLook(sheet.header, table)} />}
          </Field>
        )}
      </div>
      <Table label={sheet.name} columns={columns} rows={sheet.titles.map((_, at) => at)} rowKey={String} empty={t("columns.none")} />
    </section>
  );
}
