import { useTranslation } from "react-i18next";
import { secondsOf } from "../../core/formats/period.ts";

/** A duration in words, "8 小时 30 分"; in days only where the field counts in days. */
export function useDurationWords(): (iso: string, unit?: string | null) => string {
  const { t } = useTranslation("controls");
  return (iso, unit) => {
    const seconds = secondsOf(iso);
    if (seconds === null) return iso;
    let rest = Math.abs(seconds);
    const parts: string[] = [];
    for (const [name, size] of [...(unit === "day" ? ([["day", 86_400]] as const) : []), ...(unit === "minute" ? [] : ([["hour", 3600]] as const)), ["minute", 60] as const, ["second", 1] as const]) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count > 0) parts.push(t(`duration.${name}`, { count }));
    }
    const text = parts.length === 0 ? t(`duration.${unit === "day" || unit === "minute" ? unit : "hour"}`, { count: 0 }) : parts.join(" ");
    return seconds < 0 ? `-${text}` : text;
  };
}
