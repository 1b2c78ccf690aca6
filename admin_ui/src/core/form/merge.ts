import { fieldAt, isComputed, isTable, rowsOf, sameValue } from "./values.ts";
import type { FieldMeta, Json, Values } from "./types.ts";

/** One place where the other person's version differs from the one that this person started from. */
export interface Difference {
  /** `total`, or `lines#<row id>#days`, or `lines#<row id>` for a row that was added or taken away. */
  readonly key: string;
  readonly kind: "field" | "row_added" | "row_removed";
  readonly table: string | null;
  readonly rowId: string | null;
  readonly field: FieldMeta;
  readonly base: Json;
  readonly mine: Json;
  readonly theirs: Json;
  /** This person changed it too, to something else: a choice must be made. */
  readonly conflict: boolean;
}

export type Choice = "mine" | "theirs";

/** Three versions compared: what the other person changed since `base`, and where that meets what I changed. */
export function differences(fields: readonly FieldMeta[], base: Values, mine: Values, theirs: Values): Difference[] {
  return fields.flatMap((field) => {
    if (isComputed(field)) {
      return [];
    }
    return isTable(field) ? tableDifferences(field, base, mine, theirs) : fieldDifference(field, field.name, null, null, base, mine, theirs);
  });
}

function fieldDifference(field: FieldMeta, key: string, table: string | null, rowId: string | null, base: Values, mine: Values, theirs: Values): Difference[] {
  const [was, my, their] = [base[field.name] ?? null, mine[field.name] ?? null, theirs[field.name] ?? null];
  if (sameValue(was, their, field) || sameValue(my, their, field)) {
    return [];
  }
  return [{ key, kind: "field", table, rowId, field, base: was, mine: my, theirs: their, conflict: !sameValue(was, my, field) }];
}

function tableDifferences(table: FieldMeta, base: Values, mine: Values, theirs: Values): Difference[] {
  const [was, my, their] = [base, mine, theirs].map((values) => byId(values[table.name]));
  if (!was || !my || !their) {
    return [];
  }
  const found: Difference[] = [];
  const row = (kind: "row_added" | "row_removed", id: string, conflict: boolean): Difference => ({
    key: `${table.name}#${id}`, kind, table: table.name, rowId: id, field: table, conflict,
    base: (was.get(id) ?? null) as Json, mine: (my.get(id) ?? null) as Json, theirs: (their.get(id) ?? null) as Json,
  });
  for (const [id, before] of was) {
    const [mineNow, theirsNow] = [my.get(id), their.get(id)];
    if (mineNow && theirsNow) {
      found.push(...columns(table).flatMap((field) => fieldDifference(field, `${table.name}#${id}#${field.name}`, table.name, id, before, mineNow, theirsNow)));
    } else if (mineNow) {
      found.push(row("row_removed", id, differs(table, before, mineNow)));
    } else if (theirsNow && differs(table, before, theirsNow)) {
      found.push(row("row_added", id, true));
    }
  }
  for (const id of their.keys()) {
    if (!was.has(id)) {
      found.push(row("row_added", id, false));
    }
  }
  return found;
}

/** My version with those of their changes in it that were chosen; what nobody chose stays mine where it conflicts, else theirs. */
export function merged(fields: readonly FieldMeta[], mine: Values, theirs: Values, found: readonly Difference[], choices: Readonly<Record<string, Choice>>): Values {
  const values: Record<string, Json> = { ...mine };
  const taken = found.filter((one) => (choices[one.key] ?? (one.conflict ? "mine" : "theirs")) === "theirs");
  for (const one of taken.filter((each) => each.table === null)) {
    values[one.field.name] = one.theirs;
  }
  for (const table of fields.filter(isTable)) {
    values[table.name] = mergedRows(table, mine, theirs, found.filter((one) => one.table === table.name), new Set(taken.map((one) => one.key)));
  }
  return values;
}

function mergedRows(table: FieldMeta, mine: Values, theirs: Values, found: readonly Difference[], taken: ReadonlySet<string>): Json {
  const gone = new Set(found.filter((one) => one.kind === "row_removed" && taken.has(one.key)).map((one) => one.rowId));
  const keptAgainstRemoval = new Set(found.filter((one) => one.kind === "row_removed" && !taken.has(one.key)).map((one) => one.rowId));
  const rows = rowsOf(mine[table.name])
    .filter((row) => !gone.has(idOf(row)))
    .map((row) => {
      const changes = found.filter((one) => one.kind === "field" && one.rowId === idOf(row) && taken.has(one.key));
      const next: Record<string, Json> = { ...row, ...Object.fromEntries(changes.map((one) => [one.field.name, one.theirs])) };
      // The server no longer has this row: it is sent as a new one.
      if (keptAgainstRemoval.has(idOf(row))) {
        delete next["id"];
      }
      return next;
    });
  const added = new Set(found.filter((one) => one.kind === "row_added" && taken.has(one.key)).map((one) => one.rowId));
  return [...rows, ...rowsOf(theirs[table.name]).filter((row) => added.has(idOf(row)))];
}

function columns(table: FieldMeta): readonly FieldMeta[] {
  return (table.fields ?? []).filter((field) => !isComputed(field));
}

function differs(table: FieldMeta, a: Values, b: Values): boolean {
  return columns(table).some((field) => !sameValue(a[field.name], b[field.name], field));
}

function idOf(row: Values): string | null {
  return typeof row["id"] === "string" ? row["id"] : null;
}

function byId(value: Json | undefined): Map<string, Values> {
  return new Map(rowsOf(value).flatMap((row): [string, Values][] => (idOf(row) === null ? [] : [[idOf(row) ?? "", row]])));
}

/** The title path of a difference: the field, below its table. */
export function titleOf(fields: readonly FieldMeta[], difference: Difference): string {
  const table = difference.table === null ? undefined : fieldAt(fields, difference.table);
  return difference.kind === "field" && table ? `${table.title} · ${difference.field.title}` : difference.field.title;
}
