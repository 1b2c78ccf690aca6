import { describe, expect, test } from "vitest";

const TEXTS = import.meta.glob<Record<string, unknown>>("./locales/*/*.json", { eager: true, import: "default" });

/** Keys with dots; Chinese has one plural form, English two, so the suffix does not count. */
function keysOf(texts: Record<string, unknown>, prefix = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === "object" && value !== null) return keysOf(value as Record<string, unknown>, `${prefix}${key}.`);
    return [prefix + key.replace(/_(one|other)$/, "")];
  });
}

function holes(texts: Record<string, unknown>): string[] {
  return [...JSON.stringify(texts).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "");
}

const areas = Object.keys(TEXTS)
  .filter((path) => path.includes("/zh-CN/"))
  .map((path) => path.slice(path.lastIndexOf("/") + 1));

describe.each(areas)("texts of %s", (area) => {
  const chinese = TEXTS[`./locales/zh-CN/${area}`] ?? {};
  const english = TEXTS[`./locales/en/${area}`] ?? {};

  test("are complete in both languages", () => {
    expect([...new Set(keysOf(english))].toSorted()).toEqual([...new Set(keysOf(chinese))].toSorted());
  });

  test("name the same parameters", () => {
    expect([...new Set(holes(english))].toSorted()).toEqual([...new Set(holes(chinese))].toSorted());
  });

  test("are in their language", () => {
    expect(JSON.stringify(Object.values(english))).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
