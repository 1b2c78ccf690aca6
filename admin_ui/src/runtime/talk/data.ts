import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Items, Named, PersonBrief } from "../../api/types.ts";
import type { FileValue } from "../../core/form/types.ts";
import { recordPath } from "../form/data.ts";

export interface Comment {
  readonly id: string;
  readonly thread: string;
  readonly version: number;
  readonly author: Named;
  /** People stand in it as `@[id]`. */
  readonly text: string;
  readonly mentions: readonly Named[];
  readonly files: readonly FileValue[];
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly deleted: { readonly at: string; readonly by: Named } | null;
  readonly actions: readonly ("edit" | "delete")[];
  readonly replies?: { readonly items: readonly Comment[]; readonly count: number };
}

export interface CommentPage {
  readonly items: readonly Comment[];
  readonly next_cursor: string | null;
  readonly count: number;
  readonly may_comment: boolean;
}

export interface Wording {
  readonly version: number;
  readonly text: string;
  readonly replaced_at: string;
}

/** What is said: text as it is sent, and the ids of files. */
export interface Saying {
  readonly text: string;
  readonly files: readonly string[];
}

/** Somebody who can be mentioned, or who cannot because the record is closed to them. */
export type Reader = PersonBrief & { readonly may_read: boolean };

export const commentsKey = (entity: string, id: string) => ["record", entity, id, "comments"] as const;

/** Threads, the newest first; with `at` from the thread of that comment on. */
export function useComments(entity: string, id: string, at: string) {
  return useInfiniteQuery({
    queryKey: [...commentsKey(entity, id), at],
    queryFn: ({ pageParam }) => api.get<CommentPage>(recordPath(entity, id, "comments"), pageParam === "" ? { at } : { cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function say(entity: string, id: string, saying: Saying, thread: string, key: string): Promise<Comment> {
  return api.post<Comment>(recordPath(entity, id, "comments"), { ...saying, thread }, { idempotencyKey: key });
}

export function change(entity: string, id: string, comment: Comment, saying: Saying): Promise<Comment> {
  return api.patch<Comment>(recordPath(entity, id, `comments/${comment.id}`), saying, { version: comment.version });
}

export function takeBack(entity: string, id: string, comment: Comment): Promise<Comment> {
  return api.delete<Comment>(recordPath(entity, id, `comments/${comment.id}`), { version: comment.version });
}

/** Answers in a thread before the first that is shown. */
export function earlier(entity: string, id: string, thread: string, cursor: string): Promise<CommentPage> {
  return api.get<CommentPage>(recordPath(entity, id, "comments"), { thread, cursor });
}

export async function wordings(entity: string, id: string, comment: string): Promise<readonly Wording[]> {
  return (await api.get<Items<Wording>>(recordPath(entity, id, `comments/${comment}/wordings`))).items;
}

export async function searchReaders(entity: string, id: string, text: string): Promise<readonly Reader[]> {
  return (await api.get<Items<Reader>>(recordPath(entity, id, "readers"), { q: text })).items;
}
