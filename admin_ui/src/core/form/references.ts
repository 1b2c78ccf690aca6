import { OnlyServerKnows, PendingReference, type Evaluator } from "./evaluator.ts";
import type { FieldMeta, Labels, Values } from "./types.ts";

/** A record that a reference points to, as far as this person may read it. */
export interface ReferencedRecord {
  readonly values: Values;
  readonly labels: Labels;
  readonly fields: readonly FieldMeta[];
}

/** Where referenced records come from; null: not for this person, or gone. */
export interface ReferenceSource {
  load(entity: string, id: string): Promise<ReferencedRecord | null>;
}

/** Referenced records by entity and id, fetched once, remembered while the form is open. */
export class References {
  private readonly known = new Map<string, ReferencedRecord | null>();
  private readonly coming = new Map<string, Promise<ReferencedRecord | null>>();

  constructor(
    private readonly source: ReferenceSource,
    private readonly evaluator: Evaluator,
    private readonly arrived: (reference: string) => void,
  ) {}

  peek(entity: string, id: string): ReferencedRecord | null | undefined {
    return this.known.get(`${entity}#${id}`);
  }

  want(entity: string, id: string): Promise<ReferencedRecord | null> {
    const key = `${entity}#${id}`;
    const known = this.known.get(key);
    if (known !== undefined) {
      return Promise.resolve(known);
    }
    const running = this.coming.get(key);
    if (running) {
      return running;
    }
    const fresh = this.source
      .load(entity, id)
      .catch(() => null)
      .then((record) => {
        this.known.set(key, record);
        this.coming.delete(key);
        this.arrived(key);
        return record;
      });
    this.coming.set(key, fresh);
    return fresh;
  }

  /** The record, or the reason why it cannot be had now. */
  require(entity: string, id: string): ReferencedRecord {
    const record = this.peek(entity, id);
    if (record === undefined) {
      void this.want(entity, id);
      throw new PendingReference(`${entity}#${id}`);
    }
    if (record === null) {
      throw new OnlyServerKnows();
    }
    return record;
  }

  /** The evaluator's port for `project.code`. */
  fetch(entity: string, id: string, field: string): unknown {
    const record = this.require(entity, id);
    const meta = record.fields.find((candidate) => candidate.name === field);
    if (!meta) {
      throw new OnlyServerKnows();
    }
    return this.evaluator.typed(meta, record.values[field] ?? null);
  }
}

/** The label of one id in a set of labels, which may be one text or a map. */
export function labelIn(labels: Labels | undefined, path: string, id: unknown): string | null {
  const found = labels?.[path];
  if (typeof found === "string") {
    return found;
  }
  if (Array.isArray(id)) {
    const names = id.map((one) => found?.[String(one)]);
    return names.length > 0 && names.every((name) => name !== undefined) ? names.join("、") : null;
  }
  return typeof id === "string" ? (found?.[id] ?? null) : null;
}
