/** What one person likes on one device: theme, density, width of the rail. Kept in localStorage, never sent. */

export type Theme = "system" | "light" | "dark";
export type Density = "normal" | "compact";

export interface Preferences {
  theme: Theme;
  density: Density;
  railCollapsed: boolean;
  /** Modules of the rail that are folded. */
  folded: readonly string[];
}

const STORED = "formwork.preferences";
const FIRST: Preferences = { theme: "system", density: "normal", railCollapsed: false, folded: [] };
const listeners = new Set<() => void>();
let current: Preferences = FIRST;

function isPartial(value: unknown): value is Partial<Preferences> {
  return typeof value === "object" && value !== null;
}

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "null");
    return isPartial(stored) ? { ...FIRST, ...stored } : FIRST;
  } catch {
    return FIRST;
  }
}

function apply(): void {
  const dark = current.theme === "dark" || (current.theme === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  document.documentElement.dataset["density"] = current.density;
}

/** Reads what was remembered and follows the system from then on. */
export function startPreferences(): void {
  current = read();
  apply();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(STORED, JSON.stringify(current));
  apply();
  for (const listener of listeners) listener();
}

export const preferenceStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): Preferences => current,
};
