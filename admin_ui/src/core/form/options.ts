import type { AccessMap } from "./access.ts";
import type { Evaluator } from "./evaluator.ts";
import type { ReferenceSource } from "./references.ts";
import type { EntityMeta, FormItem, Labels, RecordData, Values } from "./types.ts";

/** What a form store is made from. */
export interface StoreOptions {
  readonly meta: EntityMeta;
  readonly items?: readonly FormItem[];
  readonly evaluator: Evaluator;
  readonly references: ReferenceSource;
  /** The record to edit; without it, a new one that starts from `defaults`. */
  readonly record?: RecordData | null;
  readonly defaults?: Values;
  readonly labels?: Labels;
  readonly access?: AccessMap;
  readonly editable?: boolean;
}
