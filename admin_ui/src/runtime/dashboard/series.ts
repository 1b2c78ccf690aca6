import type { Alert, Figure } from "../../api/figures.ts";

export interface Cell {
  measure: string;
  keys: Record<string, string | null>;
  value: string | null;
  alerts?: readonly Alert[] | undefined;
}

export interface Series {
  name: string;
  /** One a category, in the order of `categories`. */
  cells: (Cell | null)[];
}

export interface Grid {
  categories: { key: string; label: string; keys: Record<string, string | null> }[];
  series: Series[];
}

function spelled(keys: Record<string, string | null>, by: readonly string[]): string {
  return JSON.stringify(by.map((name) => keys[name] ?? null));
}

/** Figures side by side: categories by the first dimensions; a series a measure, or a value of the last dimension if `split`. */
export function gridOf(figures: readonly Figure[], by: readonly string[], split: boolean): Grid {
  const across = split && by.length > 1 ? by.slice(-1) : [];
  const along = by.slice(0, by.length - across.length);
  const categories = new Map<string, Grid["categories"][number]>();
  const series = new Map<string, { name: string; cells: Map<string, Cell> }>();
  for (const figure of figures) {
    for (const row of figure.rows) {
      const category = spelled(row.keys, along);
      const label = along.map((name) => row.labels[name] ?? row.keys[name] ?? "—").join(" · ");
      categories.set(category, { key: category, label, keys: Object.fromEntries(along.map((name) => [name, row.keys[name] ?? null])) });
      const one = across[0];
      const part = one === undefined ? "" : (row.labels[one] ?? row.keys[one] ?? "—");
      const name = [figures.length > 1 ? figure.title : "", part].filter((text) => text !== "").join(" · ") || figure.title;
      const id = `${figure.measure} ${part}`;
      const entry = series.get(id) ?? { name, cells: new Map<string, Cell>() };
      entry.cells.set(category, { measure: figure.measure, keys: row.keys, value: row.value, alerts: row.alerts });
      series.set(id, entry);
    }
  }
  const order = [...categories.values()];
  return {
    categories: order,
    series: [...series.values()].map(({ name, cells }) => ({ name, cells: order.map(({ key }) => cells.get(key) ?? null) })),
  };
}
