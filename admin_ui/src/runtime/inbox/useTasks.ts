import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { ActAnswer, Box, SeatVerb, Task } from "../../api/approval.ts";
import { api } from "../../api/client.ts";
import { keys } from "../../api/queries.ts";
import type { Page } from "../../api/types.ts";

export const BOXES: readonly Box[] = ["todo", "done", "started", "copied"];

/** A started document may have no seat of mine: then the record names the task. */
export function taskKey(task: Task): string {
  return task.seat_id || task.record_id;
}

export function useTasks(box: Box, q: string) {
  const query = useInfiniteQuery({
    queryKey: [...keys.tasks(box), q],
    queryFn: ({ pageParam }) => api.get<Page<Task>>("/tasks", { box, q, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  return { query, tasks: query.data?.pages.flatMap((page) => page.items) ?? [] };
}

export interface ActBody {
  comment?: string;
  targets?: string[];
  to?: string;
}

/** Sends a decision; `If-Match` says which state of the seat it was made on. */
export function act(task: Pick<Task, "seat_id" | "rev">, verb: SeatVerb, body: ActBody): Promise<ActAnswer> {
  return api.post<ActAnswer>(`/tasks/${task.seat_id}/${verb}`, body, { version: task.rev });
}

/** After a decision, made here or in the record: lists, counts, the record and every figure may have changed. */
export function useRefreshAfterAct(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const stale = [keys.tasks(), keys.counts, keys.figures, ["records"], ["record"], ["approval"]];
    await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}

/** Which task opens when `done` has left the list: the one after it, else the one before. */
export function nextTask(tasks: readonly Task[], done: string): string | null {
  const at = tasks.findIndex((task) => taskKey(task) === done);
  const next = tasks[at + 1] ?? tasks[at - 1];
  return next === undefined ? null : taskKey(next);
}
