import { api } from "../../api/client.ts";

export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

export interface Passage {
  readonly field: string;
  readonly title: string;
  readonly parts: readonly Part[];
}

export interface FoundRecord {
  readonly entity: string;
  readonly entity_title: string;
  readonly module: string;
  readonly id: string;
  readonly title: string;
  readonly passages: readonly Passage[];
}

export interface FoundPage {
  readonly items: readonly FoundRecord[];
  readonly next_cursor: string | null;
}

/** Records that have every word, among those that one may list. */
export function search(q: string, narrowed: { entity?: string; module?: string; limit?: number; cursor?: string } = {}): Promise<FoundPage> {
  return api.get<FoundPage>("/search", { q, ...narrowed });
}

/** Where all results stand on a page of their own. */
export function resultsPath(q: string): string {
  return `/search?${new URLSearchParams({ q }).toString()}`;
}

/** The passage that is the title itself, and the others. */
export function passagesOf(one: FoundRecord): { title: readonly Part[]; others: readonly Passage[] } {
  const own = one.passages.find((passage) => passage.parts.map((part) => part.text).join("") === one.title);
  return { title: own?.parts ?? [{ text: one.title, hit: false }], others: one.passages.filter((passage) => passage !== own) };
}

/** Records of the same entity together, in the order in which the first of each was found. */
export function grouped(items: readonly FoundRecord[]): Map<string, FoundRecord[]> {
  const groups = new Map<string, FoundRecord[]>();
  for (const one of items) groups.set(one.entity, [...(groups.get(one.entity) ?? []), one]);
  return groups;
}
