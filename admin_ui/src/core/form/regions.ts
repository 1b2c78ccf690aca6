import type { OptionNode } from "./settings.ts";

/** Names of provinces, cities and counties by their codes (GB/T 2260), in the order of the codes. */
export type Regions = Readonly<Record<string, string>>;

export const LEVELS: readonly string[] = ["province", "city", "county"];

/** Names of the second level that name nothing: nobody writes them in an address. */
const UNNAMED = new Set(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]);

function grouped(codes: readonly string[], digits: number): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const code of codes) groups.set(code.slice(0, digits), [...(groups.get(code.slice(0, digits)) ?? []), code]);
  return groups;
}

/** Codes as a tree, down to a level: 0 provinces, 1 cities, 2 counties. */
export function regionTree(regions: Regions | null, depth: number): readonly OptionNode[] {
  const codes = Object.keys(regions ?? {}).toSorted();
  const node = (code: string, below: readonly string[], level: number): OptionNode => ({ value: code, title: regions?.[code] ?? code, options: level >= depth ? [] : below.map((one) => node(one, children(one), level + 1)) });
  const cities = grouped(codes.filter((code) => code.endsWith("00") && !code.endsWith("0000")), 2);
  const counties = grouped(codes.filter((code) => !code.endsWith("00")), 4);
  const children = (code: string): readonly string[] => (code.endsWith("0000") ? (cities.get(code.slice(0, 2)) ?? []) : code.endsWith("00") ? (counties.get(code.slice(0, 4)) ?? []) : []);
  return codes.filter((code) => code.endsWith("0000")).map((code) => node(code, children(code), 0));
}

/** "广东省 / 深圳市 / 南山区"; what names nothing is left out. */
export function regionTitle(regions: Regions | null, code: string): string {
  const way = [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])].filter((one) => regions?.[one] !== undefined);
  const names = way.map((one) => regions?.[one] ?? "");
  return names.filter((name, place) => place === names.length - 1 || !UNNAMED.has(name)).join(" / ") || code;
}
