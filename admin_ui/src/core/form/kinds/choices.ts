/** Choices from trees and lists, free words. */
import { narrow } from "../numbers.ts";
import { clientProblem } from "../problem.ts";
import type { OptionNode } from "../settings.ts";
import type { FieldMeta } from "../types.ts";
import type { Kind } from "./kind.ts";
import { wordsOf } from "./words.ts";

/** The way from the top of a tree to a value; empty when the value is not in it. */
export function pathOf(nodes: readonly OptionNode[], value: string): readonly OptionNode[] {
  for (const node of nodes) {
    if (node.value === value) return [node];
    const below = pathOf(node.options ?? [], value);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

/** "A / B / C". */
export function pathText(path: readonly { readonly title: string }[]): string {
  return path.map((node) => node.title).join(" / ");
}

/** All nodes with their ways from the top. */
export function allPaths(nodes: readonly OptionNode[], above: readonly OptionNode[] = []): readonly (readonly OptionNode[])[] {
  return nodes.flatMap((node) => [[...above, node], ...allPaths(node.options ?? [], [...above, node])]);
}

/** The node that a text means: its value, its way from the top, or a title that only one has. */
function meant(text: string, meta: FieldMeta): string | null {
  const paths = allPaths(meta.options ?? []);
  const plain = text.split(/\s*[/／>＞]\s*/).join(" / ");
  const named = paths.filter((path) => path.at(-1)?.value === text || pathText(path) === plain);
  const found = named.length > 0 ? named : paths.filter((path) => path.at(-1)?.title === text);
  return found.length === 1 ? (found[0]?.at(-1)?.value ?? null) : null;
}

export const cascade: Kind = {
  read: meant,
  check: (value, meta) => {
    const path = pathOf(meta.options ?? [], String(value));
    if (!meta.options || meta.options.length === 0) return [];
    if (path.length === 0) return [clientProblem("not_in_the_tree", { value })];
    return meta.any_level !== true && (path.at(-1)?.options?.length ?? 0) > 0 ? [clientProblem("not_the_last_level", { value })] : [];
  },
};

/** GB/T 2260: two digits a level, zeros below. */
export const region: Kind = {
  read: (text) => (/^\d{6}$/.test(narrow(text)) ? narrow(text) : null),
  check: (value) => (/^\d{6}$/.test(String(value)) ? [] : [clientProblem("malformed", { value, context: "region" })]),
};

const tooMany: Kind["check"] = (value, meta) => (Array.isArray(value) && meta.max_count && value.length > meta.max_count ? [clientProblem("too_many_items", { limit: meta.max_count, count: value.length })] : []);

export const tags: Kind = { read: wordsOf, check: tooMany };
export const several: Kind = { check: tooMany };
