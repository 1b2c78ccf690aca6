import { useCallback, useMemo, useRef, useState } from "react";
import type { RecordData } from "../../api/types.ts";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Everything that the list would show, also what is not loaded. */
  readonly everything: boolean;
  readonly count: number;
  has: (id: string) => boolean;
  /** With `range` all from the last one that was pressed. */
  toggle: (id: string, range: boolean) => void;
  toggleLoaded: () => void;
  takeEverything: () => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Which rows of a list are chosen. Another list (`scope`) begins with none. */
export function useSelection(scope: string, rows: readonly RecordData[]): Selection {
  const [state, setState] = useState({ scope, ids: NONE, everything: false });
  const last = useRef<string | null>(null);
  const here = state.scope === scope ? state : { scope, ids: NONE, everything: false };
  const set = useCallback((ids: ReadonlySet<string>, everything = false) => setState({ scope, ids, everything }), [scope]);
  const clear = useCallback(() => set(NONE), [set]);
  const shown = useMemo(() => rows.map((row) => row.id), [rows]);
  const toggle = (id: string, range: boolean) => {
    const base = here.everything ? new Set(shown) : new Set(here.ids);
    const on = !base.has(id);
    const from = last.current === null ? -1 : shown.indexOf(last.current);
    const to = shown.indexOf(id);
    const touched = range && from >= 0 && to >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    for (const one of touched) {
      if (on) base.add(one);
      else base.delete(one);
    }
    last.current = id;
    set(base);
  };
  const whole = shown.length > 0 && (here.everything || shown.every((id) => here.ids.has(id)));
  return {
    ids: here.ids,
    everything: here.everything,
    count: here.everything ? shown.length : here.ids.size,
    has: (id) => here.everything || here.ids.has(id),
    toggle,
    toggleLoaded: () => set(whole ? NONE : new Set(shown)),
    takeEverything: () => set(NONE, true),
    clear,
  };
}
