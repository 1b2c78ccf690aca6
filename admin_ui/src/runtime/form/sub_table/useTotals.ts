import { useCallback, useSyncExternalStore } from "react";
import { cellPath, columnOf } from "../../../core/form/paths.ts";
import type { FormStore } from "../../../core/form/store.ts";
import { Exact, toNumber } from "../../../core/form/values.ts";

/** The exact sum of a column, live; null where no row has a number. */
export function useTotal(store: FormStore, table: string, field: string): string | null {
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = [store.subscribe(`${columnOf(table)}.${field}`, changed), store.subscribe(table, changed)];
      return () => stops.forEach((stop) => stop());
    },
    [store, table, field],
  );
  return useSyncExternalStore(subscribe, () => totalOf(store, table, field));
}

export function totalOf(store: FormStore, table: string, field: string): string | null {
  const numbers = store.rows(table).flatMap((row) => toNumber(store.cell(cellPath(table, row, field)).value) ?? []);
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum.plus(number), new Exact(0)).toFixed();
}
