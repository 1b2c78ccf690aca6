import { useTranslation } from "react-i18next";
import type { SeatVerb, Task } from "../../api/approval.ts";
import { STATUS_TONES } from "../../api/meta.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Tag } from "../../ui/Tag.tsx";

interface TaskCardProps {
  task: Task;
  selected: boolean;
  /** Decisions from the list: only for what waits for me. */
  acting: boolean;
  onOpen: () => void;
  onAct: (verb: SeatVerb) => void;
}

/** Of the document where the server tells it, else of the approval or the seat. */
const TONES: Readonly<Record<string, string>> = { ...STATUS_TONES, running: "blue", finished: "green", unread: "amber" };

const OTHERS: readonly SeatVerb[] = ["reject", "return", "transfer"];

/** One task: what, from whom, since when, its few telling values, and the first click of a decision. */
export function TaskCard({ task, selected, acting, onOpen, onAct }: TaskCardProps) {
  const { t } = useTranslation("inbox");
  const others = OTHERS.map((verb) => ({ key: verb, label: t(`verb.${verb}`), danger: verb === "reject", onSelect: () => onAct(verb) }));
  return (
    <li className={selected ? "task task-selected" : "task"} data-testid="task">
      <button type="button" className="task-open" aria-current={selected ? "true" : undefined} onClick={onOpen}>
        <span className="fw-row">
          <strong className="fw-grow task-label">{task.record_label}</strong>
          {!acting && <Tag tone={TONES[task.status]}>{t(`status.${task.status}`, { defaultValue: task.status })}</Tag>}
        </span>
        <span className="fw-row fw-small fw-muted">
          <span className="fw-grow task-label">
            {task.entity_title}
            {task.node_title !== "" && ` · ${task.node_title}`}
          </span>
        </span>
        {task.summary.slice(0, 4).map((line) => (
          <span key={line.title} className="task-line">
            <span className="fw-muted">{line.title}</span>
            <span className="task-label">{line.type === "money" ? <Amount value={line.value} scale={2} /> : (line.value ?? "—")}</span>
          </span>
        ))}
        <span className="fw-small fw-muted">
          {task.started_by.name} · <Moment value={task.arrived_at ?? task.started_at} relative />
        </span>
      </button>
      {acting && (
        <span className="task-acts">
          <Button size="s" icon="check" onClick={() => onAct("agree")}>
            {t("verb.agree")}
          </Button>
          <Menu label={t("more")} icon="more" iconOnly size="s" entries={others} />
        </span>
      )}
    </li>
  );
}
