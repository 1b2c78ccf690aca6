import { useTranslation } from "react-i18next";
import type { Alert, Figure } from "../../api/figures.ts";
import { Tag } from "../../ui/Tag.tsx";

const MOST = 3;

/** Whoever sees a part of a figure is told of it at the rows; what stands there and at the whole is one. */
function raisedOf(figures: readonly Figure[]): readonly Alert[] {
  const all = figures.flatMap((figure) => [...(figure.alerts ?? []), ...figure.rows.flatMap((row) => row.alerts ?? [])]);
  return [...new Map(all.map((one) => [`${one.limit} ${one.text}`, one])).values()];
}

/** What is raised of the measures of a widget, the latest first; how many more there are stands below. */
export function Alerts({ figures }: { figures: readonly Figure[] }) {
  const { t } = useTranslation("dashboard");
  const raised = raisedOf(figures);
  if (raised.length === 0) return null;
  const shown = raised.toSorted((one, other) => other.since.localeCompare(one.since)).slice(0, MOST);
  return (
    <section className="figure-alerts" aria-label={t("raised.title")}>
      <ul>
        {shown.map((one) => (
          <li key={`${one.limit} ${one.text}`}>
            <Tag tone={one.severity}>{t(`raised.${one.severity}`)}</Tag> <span>{one.text}</span>
          </li>
        ))}
      </ul>
      {raised.length > MOST && <p className="fw-small fw-muted">{t("raised.more", { count: raised.length - MOST })}</p>}
    </section>
  );
}
