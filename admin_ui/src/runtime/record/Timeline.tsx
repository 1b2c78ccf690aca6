import { useTranslation } from "react-i18next";
import type { ApprovalEvent } from "../../api/approval.ts";
import { Moment } from "../../ui/Moment.tsx";

const TONES: Readonly<Record<string, string>> = { agree: "green", reject: "red", return: "amber", void: "red", withdraw: "amber", submit: "blue" };

/** What happened to an approval, the latest first. */
export function Timeline({ events }: { events: readonly ApprovalEvent[] }) {
  const { t } = useTranslation("record");
  if (events.length === 0) return <p className="fw-muted">{t("timeline.empty")}</p>;
  return (
    <ol className="record-timeline" aria-label={t("timeline.title")}>
      {events.toReversed().map((event) => (
        <li key={`${event.at} ${event.verb} ${event.actor?.id ?? ""} ${event.node_title ?? ""}`} className={`record-event record-event-${TONES[event.verb] ?? "grey"}`}>
          <div className="fw-row fw-row-wrap">
            <strong>{event.actor?.name ?? t("timeline.system")}</strong>
            <span>{event.verb_title}</span>
            {event.node_title && <span className="fw-muted">{event.node_title}</span>}
            <span className="fw-muted fw-small">
              <Moment value={event.at} relative />
            </span>
          </div>
          {event.on_behalf_of && <div className="fw-muted fw-small">{t("timeline.on_behalf_of", { name: event.on_behalf_of.name })}</div>}
          {event.comment && <blockquote className="record-comment">{event.comment}</blockquote>}
        </li>
      ))}
    </ol>
  );
}
