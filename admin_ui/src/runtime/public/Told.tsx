import { useTranslation } from "react-i18next";
import type { ToldValue } from "./client.ts";

/** Values as the server words them, with their titles. */
export function Told({ values }: { values: readonly ToldValue[] }) {
  const { t } = useTranslation("public");
  if (values.length === 0) return null;
  const shown = (one: ToldValue): string => {
    if (one.value === null || one.value === "") return "—";
    if (one.type === "status") return t(`status.${String(one.value)}`, { defaultValue: String(one.value) });
    if (typeof one.value === "boolean") return t(one.value ? "yes" : "no");
    return typeof one.value === "object" ? JSON.stringify(one.value) : String(one.value);
  };
  return (
    <dl className="public-told">
      {values.map((one) => (
        <div key={one.name}>
          <dt>{one.title}</dt>
          <dd>{shown(one)}</dd>
        </div>
      ))}
    </dl>
  );
}
