import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Autosave, draftKey, type Draft, type DraftStorage } from "./drafts.ts";
import { orderStore, savedOrder } from "./testing/order.ts";

class MemoryDrafts implements DraftStorage {
  readonly kept = new Map<string, Draft>();
  get(key: string): Promise<Draft | null> {
    return Promise.resolve(this.kept.get(key) ?? null);
  }
  put(key: string, draft: Draft): Promise<void> {
    this.kept.set(key, draft);
    return Promise.resolve();
  }
  remove(key: string): Promise<void> {
    this.kept.delete(key);
    return Promise.resolve();
  }
}

function begin() {
  const store = orderStore({ record: savedOrder() });
  const storage = new MemoryDrafts();
  const key = draftKey("u1", "shop.order", "o1");
  const autosave = new Autosave(
    storage,
    key,
    {
      get dirty() {
        return store.dirty;
      },
      get edits() {
        return store.edits;
      },
      take: () => ({ values: store.snapshot(), base: store.baseValues, labels: store.labels(), version: store.record?.version ?? null }),
    },
    () => new Date("2026-11-20T08:00:00Z"),
  );
  store.subscribe("$edits", () => autosave.poke());
  return { store, storage, key, autosave };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("what is typed is kept two seconds later", async () => {
  const { store, storage, key } = begin();

  store.set("due", "2026-12-01");
  expect(storage.kept.size).toBe(0);
  await vi.advanceTimersByTimeAsync(2000);

  expect(storage.kept.get(key)).toMatchObject({ version: 3, values: { due: "2026-12-01" }, saved_at: "2026-11-20T08:00:00.000Z" });
});

test("leaving a field keeps it at once; putting it back takes the draft away", async () => {
  const { store, storage, key, autosave } = begin();

  store.set("due", "2026-12-01");
  await autosave.flush();
  expect(storage.kept.has(key)).toBe(true);

  store.set("due", "2026-11-20");
  await autosave.flush();
  expect(storage.kept.has(key)).toBe(false);
});

test("after a save nothing is written until something is typed again", async () => {
  const { store, storage, autosave } = begin();
  store.set("due", "2026-12-01");
  await autosave.flush();

  await autosave.discard();
  await vi.advanceTimersByTimeAsync(5000);

  expect(storage.kept.size).toBe(0);
});

test("drafts of two people on one computer are apart", () => {
  expect(draftKey("u1", "shop.order", null)).not.toBe(draftKey("u2", "shop.order", null));
});
