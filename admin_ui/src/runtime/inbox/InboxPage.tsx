import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Box, SeatVerb, Task } from "../../api/approval.ts";
import { useTaskCounts } from "../../api/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { usePhone } from "../../ui/useMedia.ts";
import { ActDialog } from "./ActDialog.tsx";
import { TaskCard } from "./TaskCard.tsx";
import { BOXES, nextTask, taskKey, useRefreshAfterAct, useTasks } from "./useTasks.ts";
import "./inbox.css";

const RecordPanel = lazy(async () => ({ default: (await import("../record/RecordPanel.tsx")).RecordPanel }));

/** Box, search and open task live in the address. */
function useInboxAddress() {
  const [params, setParams] = useSearchParams();
  const box = BOXES.find((one) => one === params.get("box")) ?? "todo";
  const put = (change: Record<string, string>) => {
    const next = { box, q: params.get("q") ?? "", task: params.get("task") ?? "", ...change };
    setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== "")), { replace: true });
  };
  return { box, q: params.get("q") ?? "", task: params.get("task") ?? "", put };
}

export function InboxPage() {
  const { t } = useTranslation("inbox");
  const phone = usePhone();
  const { box, q, task, put } = useInboxAddress();
  const counts = useTaskCounts();
  const { query, tasks } = useTasks(box, q);
  const refresh = useRefreshAfterAct();
  const [acting, setActing] = useState<{ task: Task; verb: SeatVerb } | null>(null);
  // On a wide screen something is always open; on a phone only what was chosen.
  const open = tasks.find((one) => taskKey(one) === task) ?? (phone ? undefined : tasks[0]);
  const moveOn = async (done: Task) => {
    setActing(null);
    put({ task: box === "todo" ? (nextTask(tasks, taskKey(done)) ?? "") : taskKey(done) });
    await refresh();
  };
  const badge: Partial<Record<Box, number>> = { todo: counts.data?.todo ?? 0, copied: counts.data?.copied_unread ?? 0 };
  const tabs = BOXES.map((key) => ({ key, label: t(`box.${key}`), count: badge[key] }));
  const list = (
    <section className="inbox-list" aria-label={t(`box.${box}`)}>
      <Tabs label={t("title")} items={tabs} value={box} onChange={(key) => put({ box: key, task: "" })} />
      <TextInput type="search" aria-label={t("search")} placeholder={t("search")} value={q} onChange={(text) => put({ q: text })} />
      {query.isPending && <Skeleton lines={8} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && tasks.length === 0 && <Empty icon="inbox" title={t(q === "" ? `empty.${box}` : "none_found")} />}
      <ul className="inbox-tasks">
        {tasks.map((one) => (
          <TaskCard key={taskKey(one)} task={one} selected={open === one} acting={box === "todo"} onOpen={() => put({ task: taskKey(one) })} onAct={(verb) => setActing({ task: one, verb })} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("load_more")}
        </Button>
      )}
    </section>
  );
  const panel = open !== undefined && (
    <section className="inbox-panel" aria-label={open.record_label}>
      {phone && (
        <Button icon="left" variant="ghost" onClick={() => put({ task: "" })}>
          {t("back")}
        </Button>
      )}
      <Suspense fallback={<Skeleton />}>
        <RecordPanel key={taskKey(open)} entity={open.entity} id={open.record_id} onActed={() => void moveOn(open)} />
      </Suspense>
    </section>
  );
  return (
    <Page title={t("title")} width={phone ? "full" : "fill"}>
      <div className="inbox">
        {!(phone && panel !== false) && list}
        {panel}
      </div>
      {acting !== null && <ActDialog task={acting.task} verb={acting.verb} onDone={() => void moveOn(acting.task)} onClose={() => setActing(null)} />}
    </Page>
  );
}
