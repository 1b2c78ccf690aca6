import type { FieldMeta, Json } from "../../core/form/types.ts";

/** What stands after an amount: "元" or "CNY", as the reader's language writes it (`t` of the texts of forms). */
export function currencySign(t: (key: string, options: { defaultValue: string }) => string, currency: string | null | undefined): string {
  const code = currency ?? "CNY";
  return t(`currency.${code}`, { defaultValue: code });
}

export function textsOf(value: Json): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** The titles of chosen options, one after the other. */
export function optionTitles(meta: FieldMeta, values: readonly string[]): string {
  return values.map((value) => meta.options?.find((option) => option.value === value)?.title ?? value).join("、");
}
