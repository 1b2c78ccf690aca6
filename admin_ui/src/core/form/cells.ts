import { columnOf } from "./paths.ts";
import type { FieldProblem, Json } from "./types.ts";

/** What one control needs to draw itself. Replaced as a whole when anything of it changes, never mutated. */
export interface CellState {
  readonly value: Json;
  readonly label: string | null;
  readonly visible: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly problems: readonly FieldProblem[];
  /** The code of the error that a formula ended in; shown, never swallowed. */
  readonly failed: string | null;
  /** The value depends on something that is still on its way. */
  readonly pending: boolean;
}

export const EMPTY_CELL: CellState = Object.freeze({
  value: null,
  label: null,
  visible: true,
  required: false,
  readOnly: false,
  problems: [],
  failed: null,
  pending: false,
});

type Listener = () => void;

/** States by path with listeners by path: a change reaches those who look at that path (or its whole column) and nobody else. */
export class Cells {
  private readonly states = new Map<string, CellState>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly touched = new Set<string>();
  private readonly named = new Set<string>();
  private depth = 0;

  get(path: string): CellState {
    return this.states.get(path) ?? EMPTY_CELL;
  }

  /** The cells that have or had a label: few of many. */
  labelled(): Iterable<string> {
    return this.named;
  }

  patch(path: string, part: Partial<CellState>): boolean {
    const old = this.get(path);
    const keys = Object.keys(part) as (keyof CellState)[];
    if (this.states.has(path) && keys.every((key) => Object.is(old[key], part[key]))) {
      return false;
    }
    this.states.set(path, { ...old, ...part });
    if (part.label) {
      this.named.add(path);
    }
    this.touch(path);
    return true;
  }

  drop(path: string): void {
    this.states.delete(path);
    this.named.delete(path);
    this.touch(path);
  }

  touch(path: string): void {
    this.touched.add(path);
    if (path.includes("/")) {
      this.touched.add(columnOf(path));
    }
    if (this.depth === 0) {
      this.flush();
    }
  }

  /** Several changes, one round of notices. */
  batch<T>(work: () => T): T {
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
      if (this.depth === 0) {
        this.flush();
      }
    }
  }

  subscribe(path: string, listener: Listener): () => void {
    const set = this.listeners.get(path) ?? new Set<Listener>();
    this.listeners.set(path, set);
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  }

  private flush(): void {
    const paths = [...this.touched];
    this.touched.clear();
    for (const path of paths) {
      this.listeners.get(path)?.forEach((listener) => listener());
    }
  }
}
