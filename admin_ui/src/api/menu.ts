import type { Menu, MenuItem } from "./types.ts";

/** Where an entry of the menu leads. */
export function pathOf(module: string, item: MenuItem): string {
  const key = item.target.includes(".") ? item.target : `${module}.${item.target}`;
  if (item.kind === "view") return `/v/${key}`;
  if (item.kind === "dashboard") return `/d/${key}`;
  return `/${item.target}`;
}

const PAGES: Readonly<Record<string, string>> = { closings: "calendar", departments: "tree" };

/** The sign of an entry of the menu. */
export function iconOf(item: MenuItem): string {
  return item.kind === "view" ? "table" : item.kind === "dashboard" ? "dashboard" : (PAGES[item.target] ?? "people");
}

/** Every entity that the menu shows, once, with its title. */
export function entitiesOf(menu: Menu | undefined): { key: string; title: string }[] {
  const found = new Map<string, string>();
  for (const module of menu?.modules ?? []) {
    for (const item of module.items) {
      if (item.entity !== undefined && !found.has(item.entity)) found.set(item.entity, item.entity_title ?? item.title);
    }
  }
  return [...found].map(([key, title]) => ({ key, title }));
}
