import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Moment } from "../../ui/Moment.tsx";

interface Notice {
  readonly id: string;
  readonly text: string;
  readonly entity: string;
  readonly record_id: string | null;
  /** The comment that it is about. */
  readonly comment?: string | null;
  readonly at: string;
  readonly read: boolean;
}

interface NoticePage {
  readonly items: readonly Notice[];
  readonly unread: number;
}

const KEY = ["notifications"];

/** What automations and colleagues told me and I have not read; nothing is shown while there is nothing. */
export function Notices() {
  const { t } = useTranslation("home");
  const client = useQueryClient();
  const notices = useQuery({ queryKey: KEY, queryFn: () => api.get<NoticePage>("/notifications"), refetchInterval: 60_000 });
  const unread = notices.data?.items.filter((one) => !one.read) ?? [];
  if (unread.length === 0) return null;
  const read = async () => {
    await api.post("/notifications/read");
    await client.invalidateQueries({ queryKey: KEY });
  };
  return (
    <section className="fw-card home-card" aria-labelledby="notices">
      <div className="fw-row">
        <h2 id="notices" className="fw-grow">{t("notices", { count: notices.data?.unread ?? 0 })}</h2>
        <Button size="s" icon="check" onClick={() => void read()}>{t("notices_read")}</Button>
      </div>
      <ul className="home-notices">
        {unread.map((one) => (
          <li key={one.id}>
            {one.record_id === null ? one.text : <Link className="fw-tap" to={`/r/${one.entity}/${one.record_id}${one.comment ? `?comment=${one.comment}` : ""}`}>{one.text}</Link>}{" "}
            <span className="fw-muted fw-small"><Moment value={one.at} relative /></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
