import { api, ProblemError } from "../../api/client.ts";
import { draftStorage } from "../../core/form/draft_storage.ts";
import type { Draft, DraftStorage } from "../../core/form/drafts.ts";
import { unfinishedPath } from "./unfinished.ts";

const EVERY = 3000;
const AFTER_FAILURE = 15_000;

/** Sends what is typed to the server, at most one request at a time for a form and one every three seconds. */
export class UnfinishedKeeper {
  private readonly waiting = new Map<string, Draft>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly sending = new Map<string, Promise<void>>();
  /** Forms that the server has, and when it kept them last. */
  private readonly known = new Map<string, string>();
  private readonly rested = new Map<string, number>();

  constructor(private readonly local: () => DraftStorage) {}

  /** The server has this form, from whatever device. */
  learn(key: string): void {
    if (!this.known.has(key)) this.known.set(key, "");
  }

  later(key: string, draft: Draft): void {
    this.waiting.set(key, draft);
    if (this.timers.has(key) || this.sending.has(key)) return;
    const wait = document.visibilityState === "hidden" ? 0 : Math.max(0, (this.rested.get(key) ?? 0) - Date.now());
    this.timers.set(key, setTimeout(() => this.send(key), wait));
  }

  /** The form is saved or thrown away. */
  end(key: string): void {
    this.stop(key);
    const before = this.sending.get(key) ?? Promise.resolve();
    void before.then(async () => {
      this.stop(key);
      if (!this.known.delete(key)) return;
      await api.delete(unfinishedPath(key), { background: true }).catch(() => undefined);
    });
  }

  private stop(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.waiting.delete(key);
  }

  private send(key: string): void {
    const draft = this.waiting.get(key);
    this.stop(key);
    if (draft === undefined) return;
    const sent = this.put(key, draft).finally(() => {
      this.sending.delete(key);
      const next = this.waiting.get(key);
      if (next !== undefined) this.later(key, next);
    });
    this.sending.set(key, sent);
  }

  private async put(key: string, draft: Draft): Promise<void> {
    const { values, base, labels, version, publication = 1 } = draft;
    this.rested.set(key, Date.now() + EVERY);
    try {
      const { saved_at } = await api.put<{ saved_at: string }>(unfinishedPath(key), { values, base, labels, version, publication }, { background: true });
      this.known.set(key, saved_at);
      await this.mark(key, draft, saved_at);
    } catch (error) {
      // Refused for good, or out of reach: it stays on this device. Out of reach it is tried again with what is typed then.
      if (error instanceof ProblemError && [403, 404, 422].includes(error.status)) this.waiting.delete(key);
      this.rested.set(key, Date.now() + AFTER_FAILURE);
    }
  }

  /** The copy on this device knows that the server has it, unless more was typed meanwhile. */
  private async mark(key: string, draft: Draft, kept_at: string): Promise<void> {
    const here = await this.local().get(key);
    if (here !== null) await this.local().put(key, { ...here, kept_at, is_kept: here.saved_at === draft.saved_at });
  }
}

export const keeper = new UnfinishedKeeper(draftStorage);
