import { openDB, type IDBPDatabase } from "idb";
import type { Draft, DraftStorage } from "./drafts.ts";

const DATABASE = "formwork-drafts";
const STORE = "drafts";
const PREFIX = `${DATABASE}:`;

/** IndexedDB, which holds more than localStorage and does not block. */
class DatabaseDrafts implements DraftStorage {
  constructor(private readonly opened: Promise<IDBPDatabase>) {}

  async get(key: string): Promise<Draft | null> {
    const found: unknown = await (await this.opened).get(STORE, key);
    return isDraft(found) ? found : null;
  }

  async put(key: string, draft: Draft): Promise<void> {
    await (await this.opened).put(STORE, draft, key);
  }

  async remove(key: string): Promise<void> {
    await (await this.opened).delete(STORE, key);
  }
}

/** For browsers that refuse IndexedDB, such as some private windows. */
export class LocalDrafts implements DraftStorage {
  constructor(private readonly storage: Storage) {}

  get(key: string): Promise<Draft | null> {
    const text = this.storage.getItem(PREFIX + key);
    const found: unknown = text === null ? null : JSON.parse(text);
    return Promise.resolve(isDraft(found) ? found : null);
  }

  put(key: string, draft: Draft): Promise<void> {
    this.storage.setItem(PREFIX + key, JSON.stringify(draft));
    return Promise.resolve();
  }

  remove(key: string): Promise<void> {
    this.storage.removeItem(PREFIX + key);
    return Promise.resolve();
  }
}

function isDraft(found: unknown): found is Draft {
  return typeof found === "object" && found !== null && "values" in found && "saved_at" in found;
}

let shared: DraftStorage | null = null;

export function draftStorage(): DraftStorage {
  shared ??= "indexedDB" in globalThis ? withFallback() : new LocalDrafts(localStorage);
  return shared;
}

function withFallback(): DraftStorage {
  const opened = openDB(DATABASE, 1, { upgrade: (database) => void database.createObjectStore(STORE) });
  const [first, second] = [new DatabaseDrafts(opened), new LocalDrafts(localStorage)];
  const usable = opened.then(() => first, () => second);
  return {
    get: async (key) => (await usable).get(key),
    put: async (key, draft) => (await usable).put(key, draft),
    remove: async (key) => (await usable).remove(key),
  };
}
