import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api } from "../../api/client.ts";
import { keys, useEntity } from "../../api/queries.ts";
import type { ProblemItem } from "../../api/problem.ts";
import type { Named } from "../../api/types.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Page } from "../../ui/Page.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { toast } from "../../ui/toasts.ts";
import { SearchBox } from "../table/SearchBox.tsx";
import { binPath } from "./data.ts";
import "./bin.css";

interface Deleted {
  readonly id: string;
  readonly title: string;
  readonly deleted_at: string;
  readonly deleted_by: Named;
  readonly reason: string;
  readonly with: { readonly id: string } | null;
  readonly actions: readonly string[];
}

interface Restored {
  /** What could not come back with it: rows of records that were handed in meanwhile, say. */
  readonly warnings: readonly ProblemItem[];
}

/** `/bin/{entity}`: what was deleted, by whom, when and why; back again, or gone for good. */
export function BinPage() {
  const { entity = "" } = useParams();
  const { t } = useTranslation("bulk");
  const line = useProblemLine();
  const client = useQueryClient();
  const navigate = useNavigate();
  const meta = useEntity(entity);
  const [q, setQ] = useState("");
  const [busy, setBusy] = useState("");
  const [purging, setPurging] = useState<Deleted | null>(null);
  const list = useInfiniteQuery({
    queryKey: ["bin", entity, q],
    queryFn: ({ pageParam }) => api.get<{ items: readonly Deleted[]; next_cursor: string | null }>(binPath(entity), { q, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const done = async (doing: Promise<Partial<Restored>>, one: Deleted, words: string, go?: () => void) => {
    setBusy(one.id);
    try {
      const { warnings = [] } = await doing;
      setPurging(null);
      toast.success(words, go && { label: t("bin.open"), run: go });
      warnings.forEach((left) => toast.warn(`${left.detail} ${left.remedy}`));
      await Promise.all([["bin", entity], keys.records(entity)].map((queryKey) => client.invalidateQueries({ queryKey })));
    } catch (error) {
      toast.error(line(error));
    } finally {
      setBusy("");
    }
  };
  const restore = (one: Deleted) => void done(api.post<Restored>(binPath(entity, one.id, "restore")), one, t("bin.restored", { title: one.title }), () => void navigate(`/r/${entity}/${one.id}`));
  const purge = (one: Deleted) => void done(api.purge(binPath(entity, one.id), one.title), one, t("bin.purged", { title: one.title }));
  return (
    <Page title={t("bin.of", { title: meta.data?.title ?? "" })} width="form">
      <div className="fw-stack">
        <p className="fw-muted">{t("bin.text")}</p>
        <SearchBox value={q} onChange={setQ} />
        {list.isPending && <Skeleton lines={6} />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && <Empty icon="trash" title={t(q === "" ? "bin.empty" : "bin.none")} />}
        {items.length > 0 && (
          <ul className="bin-list" aria-label={t("bin.title")}>
            {items.map((one) => (
              <li key={one.id} className="fw-card bin-item">
                <div className="fw-grow bin-words">
                  <strong>{one.title || one.id}</strong>
                  <span className="fw-muted fw-small">
                    {t("bin.by", { name: one.deleted_by.name })} <Moment value={one.deleted_at} relative />
                    {one.with && ` · ${t("bin.with")}`}
                  </span>
                  {one.reason !== "" && <span className="fw-small">{one.reason}</span>}
                </div>
                <Button size="s" icon="return" busy={busy === one.id && purging === null} disabled={busy !== ""} onClick={() => restore(one)}>
                  {t("bin.restore")}
                </Button>
                {one.actions.includes("purge") && <IconButton icon="trash" label={t("bin.purge", { title: one.title })} onClick={() => setPurging(one)} />}
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("bin.more")}
          </Button>
        )}
      </div>
      {purging !== null && (
        <ConfirmDialog title={t("bin.purge", { title: purging.title })} action={t("bin.purge_verb")} danger busy={busy !== ""} typed={purging.title} onConfirm={() => purge(purging)} onClose={() => setPurging(null)}>
          {t("bin.consequence", { title: purging.title })}
        </ConfirmDialog>
      )}
    </Page>
  );
}
