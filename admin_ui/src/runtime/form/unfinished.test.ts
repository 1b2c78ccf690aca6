// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Draft, DraftStorage } from "../../core/form/drafts.ts";
import { UnfinishedKeeper } from "./keepUnfinished.ts";
import { Refusal, serve, type Answer } from "./testing/draw.tsx";
import { chosenOf, unfinishedPath } from "./unfinished.ts";

const KEY = "u1|shop.order|o1";
const PATH = "/unfinished/shop.order/o1";

function draft(text: string, more: Partial<Draft> = {}): Draft {
  return { values: { note: text }, base: {}, labels: {}, version: 3, publication: 7, saved_at: "2026-11-20T08:00:00.000Z", ...more };
}

class MemoryDrafts implements DraftStorage {
  readonly kept = new Map<string, Draft>();
  get = (key: string) => Promise.resolve(this.kept.get(key) ?? null);
  put(key: string, one: Draft): Promise<void> {
    this.kept.set(key, one);
    return Promise.resolve();
  }
  remove(key: string): Promise<void> {
    this.kept.delete(key);
    return Promise.resolve();
  }
}

function begin(answers: Readonly<Record<string, Answer>> = {}) {
  const asked = serve({ [`PUT ${PATH}`]: () => ({ saved_at: "2026-11-20T08:00:01+00:00" }), [`DELETE ${PATH}`]: () => ({}), ...answers });
  const local = new MemoryDrafts();
  const keeper = new UnfinishedKeeper(() => local);
  const told = () => asked.map((one) => `${one.method} ${String((one.body as { values?: { note?: string } } | undefined)?.values?.note ?? "")}`.trim());
  return { asked, local, keeper, told };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what is typed goes to the server at most every three seconds, and the last word wins", async () => {
  const { asked, keeper, told } = begin();

  keeper.later(KEY, draft("a"));
  await vi.advanceTimersByTimeAsync(0);
  keeper.later(KEY, draft("ab"));
  keeper.later(KEY, draft("abc"));
  await vi.advanceTimersByTimeAsync(2900);
  expect(told()).toEqual(["PUT a"]);
  await vi.advanceTimersByTimeAsync(200);

  expect(told()).toEqual(["PUT a", "PUT abc"]);
  expect(asked[0]?.body).toEqual({ values: { note: "a" }, base: {}, labels: {}, version: 3, publication: 7 });
});

test("the copy on the device knows what the server has", async () => {
  const { keeper, local } = begin();
  local.kept.set(KEY, draft("a"));

  keeper.later(KEY, draft("a"));
  await vi.advanceTimersByTimeAsync(0);

  expect(local.kept.get(KEY)).toMatchObject({ is_kept: true, kept_at: "2026-11-20T08:00:01+00:00" });
});

test("once it is saved nothing more is sent, and what the server had is taken away", async () => {
  const { keeper, told } = begin();

  keeper.later(KEY, draft("a"));
  await vi.advanceTimersByTimeAsync(0);
  keeper.later(KEY, draft("ab"));
  keeper.end(KEY);
  keeper.end(KEY);
  await vi.advanceTimersByTimeAsync(60_000);

  expect(told()).toEqual(["PUT a", "DELETE"]);
});

test("who may not keep it is left alone until something else is typed, and nothing is lost on the device", async () => {
  const { keeper, told, local } = begin({ [`PUT ${PATH}`]: () => new Refusal(403, { code: "forbidden" }) });
  local.kept.set(KEY, draft("a"));

  keeper.later(KEY, draft("a"));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(told()).toEqual(["PUT a"]);
  expect(local.kept.get(KEY)).toEqual(draft("a"));
});

test("of two devices the one that typed last counts; what was finished elsewhere is not offered again", () => {
  const kept = { kept_at: "2026-11-20T08:00:01+00:00", is_kept: true };
  const there = draft("there", { saved_at: "2026-11-20T09:00:00+00:00" });

  expect(chosenOf(draft("here", kept), null)).toBeNull();
  expect(chosenOf(draft("here", { ...kept, is_kept: false }), null)?.values).toEqual({ note: "here" });
  expect(chosenOf(null, there)).toMatchObject({ values: { note: "there" }, is_from_elsewhere: true });
  expect(chosenOf(draft("here", kept), there)?.values).toEqual({ note: "there" });
  expect(chosenOf(draft("here", { kept_at: there.saved_at }), there)?.values).toEqual({ note: "here" });
  expect(chosenOf(draft("here", { saved_at: "2026-11-20T09:00:05.000Z" }), there)?.values).toEqual({ note: "here" });
});

test("a new record has an address of its own", () => {
  expect([unfinishedPath("u1|shop.order|new"), unfinishedPath(KEY)]).toEqual(["/unfinished/shop.order", PATH]);
});
