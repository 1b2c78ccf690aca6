import type { Labels, Values } from "./types.ts";

/** What somebody typed and has not saved, with the version of the record that it was typed over. */
export interface Draft {
  readonly values: Values;
  readonly base: Values;
  readonly labels: Labels;
  /** Null: a record that does not exist yet. */
  readonly version: number | null;
  readonly saved_at: string;
  /** The publication whose form was filled. */
  readonly publication?: number;
  /** When the server last kept this form, as it said, if it ever did from here. */
  readonly kept_at?: string;
  /** Whether the server has exactly this. */
  readonly is_kept?: boolean;
  /** Comes from another device. */
  readonly is_from_elsewhere?: boolean;
}

/** Where drafts are kept on this device. */
export interface DraftStorage {
  get(key: string): Promise<Draft | null>;
  put(key: string, draft: Draft): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Drafts belong to one person: two may share a computer. */
export function draftKey(person: string, entity: string, id: string | null): string {
  return `${person}|${entity}|${id ?? "new"}`;
}

export interface AutosaveSource {
  readonly dirty: boolean;
  readonly edits: number;
  take(): Omit<Draft, "saved_at">;
}

/** Writes a draft at most every `every` milliseconds while there is something new, and at once when asked. */
export class Autosave {
  private written = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopped = false;

  constructor(
    private readonly storage: DraftStorage,
    private key: string,
    private readonly source: AutosaveSource,
    private readonly now: () => Date,
    private readonly every = 2000,
  ) {
    this.written = source.edits;
  }

  /** Something was typed. */
  poke(): void {
    if (this.timer === null && !this.stopped) {
      this.timer = setTimeout(() => {
        this.timer = null;
        void this.flush();
      }, this.every);
    }
  }

  async flush(): Promise<void> {
    if (this.stopped || this.source.edits === this.written) {
      return;
    }
    this.written = this.source.edits;
    if (this.source.dirty) {
      await this.storage.put(this.key, { ...this.source.take(), saved_at: this.now().toISOString() });
    } else {
      await this.storage.remove(this.key);
    }
  }

  /** The record is saved, or the draft was thrown away. */
  async discard(): Promise<void> {
    this.written = this.source.edits;
    await this.storage.remove(this.key);
  }

  /** A new record got its id: its draft is kept under that from now on. */
  async move(key: string): Promise<void> {
    await this.storage.remove(this.key);
    this.key = key;
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
  }
}
