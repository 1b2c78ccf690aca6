import { useTranslation } from "react-i18next";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import type { Offer, Options } from "./data.ts";

interface OptionsBlockProps {
  offer: Offer;
  options: Options;
  onChange: (options: Options) => void;
}

/** New records or known ones, by which key, and what happens when something is wrong. */
export function OptionsBlock({ offer, options, onChange }: OptionsBlockProps) {
  const { t } = useTranslation("import");
  const titles = new Map(offer.targets.map((one) => [one.path, one.title]));
  const can = { create: offer.can.includes("create"), update: offer.can.includes("update") };
  const modes = [
    { value: "create", label: t("mode.create"), disabled: !can.create },
    { value: "upsert", label: t("mode.upsert"), disabled: !(can.create && can.update) },
    { value: "update", label: t("mode.update"), disabled: !can.update },
  ];
  const keys = offer.keys.map((key) => ({ value: key.join(","), label: key.map((path) => titles.get(path) ?? path).join(" + ") }));
  const set = (next: Partial<Options>) => onChange({ ...options, ...next });
  const choose = (mode: string) => {
    const key = mode === "create" ? [] : options.key.length > 0 ? options.key : (offer.keys[0] ?? []);
    set({ mode: mode as Options["mode"], key });
  };
  return (
    <section className="import-options" aria-label={t("mode.title")}>
      <Field label={t("mode.title")}>{(ids) => <Select {...ids} value={options.mode} options={modes} onChange={choose} />}</Field>
      {options.mode !== "create" && <Field label={t("mode.key")}>{(ids) => <Select {...ids} value={options.key.join(",")} options={keys} onChange={(key) => set({ key: key.split(",") })} />}</Field>}
      {options.mode !== "create" && <Checkbox label={t("mode.clear_blanks")} checked={options.clear_blanks} onChange={(clear_blanks) => set({ clear_blanks })} />}
      {offer.can.includes("submit") && <Checkbox label={t("mode.submit")} checked={options.submit} onChange={(submit) => set({ submit })} />}
    </section>
  );
}
