import type { Decimal } from "decimal.js";
import { cellPath } from "./paths.ts";
import type { FormStore } from "./store.ts";
import type { Json } from "./types.ts";
import { Exact, toNumber } from "./values.ts";

interface Part {
  readonly value: Json;
  readonly number: Decimal | null;
}

type Source = Pick<FormStore, "rows" | "cell">;

/** The exact sum of a column of one list. A key press in a row takes that row's number off and puts the new one on. */
export class ColumnTotal {
  private parts = new Map<string, Part>();
  private rows: readonly string[] | null = null;
  private sum: Decimal = new Exact(0);
  private numbers = 0;
  private stale = true;
  private told: string | null = null;

  constructor(
    private readonly source: Source,
    private readonly list: string,
    private readonly field: string,
  ) {}

  /** Something in the column or in the list became another. */
  changed(): void {
    this.stale = true;
  }

  /** The sum; null where no row has a number. */
  value(): string | null {
    if (this.stale) {
      this.stale = false;
      this.add();
      this.told = this.numbers === 0 ? null : this.sum.toFixed();
    }
    return this.told;
  }

  private add(): void {
    const rows = this.source.rows(this.list);
    const before = this.parts;
    if (rows !== this.rows) {
      this.rows = rows;
      this.parts = new Map();
      this.sum = new Exact(0);
      this.numbers = 0;
    }
    for (const row of rows) {
      const { value } = this.source.cell(cellPath(this.list, row, this.field));
      const now = this.parts.get(row);
      if (now === undefined || now.value !== value) {
        const known = before.get(row);
        this.replace(row, now, known !== undefined && known.value === value ? known : { value, number: toNumber(value) });
      }
    }
  }

  private replace(row: string, old: Part | undefined, part: Part): void {
    this.parts.set(row, part);
    if (old !== undefined && old.number !== null) {
      this.sum = this.sum.minus(old.number);
      this.numbers -= 1;
    }
    if (part.number !== null) {
      this.sum = this.sum.plus(part.number);
      this.numbers += 1;
    }
  }
}
