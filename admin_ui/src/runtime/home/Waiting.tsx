import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Task } from "../../api/approval.ts";
import { api } from "../../api/client.ts";
import { keys } from "../../api/queries.ts";
import type { Page } from "../../api/types.ts";
import { Moment } from "../../ui/Moment.tsx";
import { ErrorState, Skeleton } from "../../ui/States.tsx";

const SHOWN = 6;

/** The first few tasks that wait for me. */
export function Waiting({ todo }: { todo: number }) {
  const { t } = useTranslation("home");
  const query = useQuery({
    queryKey: [...keys.tasks("todo"), "home", todo],
    queryFn: () => api.get<Page<Task>>("/tasks", { box: "todo" }),
  });
  const tasks = query.data?.items.slice(0, SHOWN) ?? [];
  return (
    <section className="fw-card home-card home-waiting" aria-label={t("waiting")}>
      <div className="fw-row">
        <h2 className="fw-grow">
          {t("waiting")} {todo > 0 && `(${todo})`}
        </h2>
        <Link className="fw-tap" to="/inbox">{t("open_inbox")}</Link>
      </div>
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && tasks.length === 0 && <p className="fw-muted">{t("nothing")}</p>}
      <ul className="home-links">
        {tasks.map((task) => (
          <li key={task.seat_id}>
            <Link className="home-link" to={`/inbox?task=${encodeURIComponent(task.seat_id)}`}>
              <span className="fw-grow">
                {task.record_label}
                <span className="fw-muted"> · {task.entity_title}</span>
              </span>
              <span className="fw-muted fw-small">
                {task.started_by.name} · <Moment value={task.arrived_at ?? task.started_at} relative />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
