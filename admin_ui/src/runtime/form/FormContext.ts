import { createContext, use, useCallback, useSyncExternalStore } from "react";
import type { CellState } from "../../core/form/cells.ts";
import { SUMMARY, type Finding } from "../../core/form/findings.ts";
import { DIRTY, type FormStore } from "../../core/form/store.ts";
import type { Json, Values } from "../../core/form/types.ts";
import type { Revealer } from "./reveal.ts";

export interface FormScope {
  readonly store: FormStore;
  readonly revealer: Revealer;
}

export const FormContext = createContext<FormScope | null>(null);

export function useForm(): FormScope {
  const scope = use(FormContext);
  if (scope === null) throw new Error("a form control outside a form");
  return scope;
}

/** What one cell looks like now; draws again when that cell changes, and only then. */
export function useCell(path: string): CellState {
  const { store } = useForm();
  const subscribe = useCallback((changed: () => void) => store.subscribe(path, changed), [store, path]);
  return useSyncExternalStore(subscribe, () => store.cell(path));
}

/** The row keys of a sub-table. */
export function useRows(table: string): readonly string[] {
  const { store } = useForm();
  const subscribe = useCallback((changed: () => void) => store.subscribe(table, changed), [store, table]);
  return useSyncExternalStore(subscribe, () => store.rows(table));
}

export function useFindings(store: FormStore): readonly Finding[] {
  const subscribe = useCallback((changed: () => void) => store.subscribe(SUMMARY, changed), [store]);
  return useSyncExternalStore(subscribe, store.problems);
}

export function useDirty(store: FormStore): boolean {
  const subscribe = useCallback((changed: () => void) => store.subscribe(DIRTY, changed), [store]);
  return useSyncExternalStore(subscribe, () => store.dirty);
}

/** The value of another field of the same row or record, for a control that depends on it; null outside a form. */
export function useSibling({ asker, record }: { asker: string; record: () => Values }, name: string | null): Json {
  const store = use(FormContext)?.store;
  // The tables around a field of a row, outermost first: the other field may lie in any of them.
  const around = asker.split(".").slice(2, -1).join(".");
  const subscribe = useCallback(
    (changed: () => void) => {
      if (store === undefined || name === null) return () => undefined;
      const tables = around === "" ? [] : around.split(".").map((_, depth, all) => all.slice(0, depth + 1).join("."));
      const stops = [name, ...tables.map((table) => `${table}.${name}`)].map((path) => store.subscribe(path, changed));
      return () => stops.forEach((stop) => stop());
    },
    [store, name, around],
  );
  return useSyncExternalStore(subscribe, () => (name === null ? null : (record()[name] ?? null)));
}
