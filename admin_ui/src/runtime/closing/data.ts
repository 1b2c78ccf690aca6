import type { Named } from "../../api/types.ts";

/** The books of one part of a ledger: closed up to a period, by whom and when. */
export interface Book {
  readonly part: string;
  readonly label: string;
  readonly through: string | null;
  readonly closed_by: Named | null;
  readonly closed_at: string | null;
  readonly next: string | null;
  readonly next_ends: string;
}

export interface Closable {
  readonly ledger: string;
  readonly title: string;
  readonly part_title: string;
  readonly current: string;
  readonly actions: readonly string[];
  readonly books: readonly Book[];
  readonly more: boolean;
}

/** What one is about to do to a book. */
export interface Asking {
  readonly ledger: Closable;
  readonly book: Book;
  readonly verb: "close" | "reopen";
}
