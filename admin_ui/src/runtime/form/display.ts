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

const two = (value: number): string => String(value).padStart(2, "0");

/** A moment as the text of the system's local picker; "" when there is none. */
export function localOfMoment(value: Json): string {
  const moment = typeof value === "string" && value !== "" ? new Date(value) : null;
  if (moment === null || Number.isNaN(moment.getTime())) return "";
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** What was typed in the local picker, as a moment in UTC. */
export function momentOfLocal(text: string): string | null {
  const moment = text === "" ? null : new Date(text);
  return moment === null || Number.isNaN(moment.getTime()) ? null : moment.toISOString().replace(/\.000Z$/, "Z");
}
