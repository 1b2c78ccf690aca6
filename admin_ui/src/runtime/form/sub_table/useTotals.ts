import { useCallback, useState, useSyncExternalStore } from "react";
import { columnOf } from "../../../core/form/paths.ts";
import type { FormStore } from "../../../core/form/store.ts";
import { ColumnTotal } from "../../../core/form/totals.ts";

/** The exact sum of a column, live; null where no row has a number. */
export function useTotal(store: FormStore, table: string, field: string): string | null {
  const [total] = useState(() => new ColumnTotal(store, table, field));
  const subscribe = useCallback(
    (told: () => void) => {
      const changed = () => {
        total.changed();
        told();
      };
      // What happened since the first drawing was not told to anybody.
      total.changed();
      const stops = [store.subscribe(`${columnOf(table)}.${field}`, changed), store.subscribe(table, changed)];
      return () => stops.forEach((stop) => stop());
    },
    [store, table, field, total],
  );
  return useSyncExternalStore(subscribe, () => total.value());
}
