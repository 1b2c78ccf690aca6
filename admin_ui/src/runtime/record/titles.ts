import type { EntityMeta, RecordData } from "../../core/form/types.ts";
import { labelIn } from "../../core/form/references.ts";

/** What a record is called: its display field, or its entity where that is blank. */
export function recordTitle(meta: EntityMeta, record: RecordData): string {
  const display = meta.display ?? "";
  const value = record.values[display];
  const text = labelIn(record.labels, display, value) ?? value;
  return typeof text === "string" && text !== "" ? text : meta.title;
}
