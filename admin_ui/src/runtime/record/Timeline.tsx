import { useTranslation } from "react-i18next";
import type { ApprovalEvent } from "../../api/approval.ts";
import { Moment } from "../../ui/Moment.tsx";

const TONES: Readonly<Record<string, string>> = {
  submit: "blue",
  submit_again: "blue",
  approved: "green",
  rejected: "red",
  node_auto_reject: "red",
  specific_rollback: "amber",
  recall: "amber",
  terminate: "red",
  void: "red",
  blocked: "red",
};

/** How the engine went on is in the cards above; here stand the words and deeds of people, and what went wrong. */
const MACHINERY = new Set(["route", "asked", "cancel", "resume", "auto_skip"]);

/** What happened to an approval, the latest first. */
export function Timeline({ events }: { events: readonly ApprovalEvent[] }) {
  const { t } = useTranslation("record");
  const shown = events.filter((event) => !MACHINERY.has(event.verb));
  if (shown.length === 0) return <p className="fw-muted">{t("timeline.empty")}</p>;
  return (
    <ol className="record-timeline" aria-label={t("timeline.title")}>
      {shown.toReversed().map((event) => (
        <li key={`${event.at} ${event.verb} ${event.actor?.id ?? ""} ${event.node_title ?? ""}`} className={`record-event record-event-${TONES[event.verb] ?? "grey"}`}>
          <div className="fw-row fw-row-wrap">
            <strong>{event.actor && event.actor.id !== "system" ? event.actor.name : t("timeline.system")}</strong>
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
