import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import { draftKey } from "../../core/form/drafts.ts";
import { Button } from "../../ui/Button.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { unfinished, unfinishedPath } from "../form/unfinished.ts";

interface BegunForm {
  readonly entity: string;
  readonly entity_title: string;
  /** Null: of a record that does not exist yet. */
  readonly record_id: string | null;
  readonly record_label: string;
  /** The record has another version than the one that was typed over. */
  readonly changed: boolean;
  readonly saved_at: string;
}

const KEY = ["unfinished"];

/** Forms that I began and did not save, on whatever device; nothing is shown while there is none. */
export function Begun({ person }: { person: string }) {
  const { t } = useTranslation("home");
  const client = useQueryClient();
  const begun = useQuery({ queryKey: KEY, queryFn: () => api.get<{ items: readonly BegunForm[] }>("/unfinished"), staleTime: 0 });
  const items = begun.data?.items ?? [];
  if (items.length === 0) return null;
  const throwAway = async (one: BegunForm) => {
    const key = draftKey(person, one.entity, one.record_id);
    await api.delete(unfinishedPath(key));
    await unfinished.remove(key);
    await client.invalidateQueries({ queryKey: KEY });
  };
  return (
    <section className="fw-card home-card" aria-labelledby="begun">
      <h2 id="begun">{t("begun", { count: items.length })}</h2>
      <ul className="home-notices">
        {items.map((one) => {
          const name = one.record_id === null ? t("begun_new", { entity: one.entity_title }) : `${one.entity_title} · ${one.record_label}`;
          return (
            <li key={`${one.entity} ${one.record_id ?? ""}`} className="fw-row">
              <span className="fw-grow">
                <Link className="fw-tap" to={`/r/${one.entity}/${one.record_id === null ? "new" : `${one.record_id}/edit`}`}>{name}</Link>{" "}
                <span className="fw-muted fw-small">
                  <Moment value={one.saved_at} relative /> {one.changed && t("begun_changed")}
                </span>
              </span>
              <Button size="s" icon="trash" aria-label={t("begun_discard_named", { name })} onClick={() => void throwAway(one)}>
                {t("begun_discard")}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
