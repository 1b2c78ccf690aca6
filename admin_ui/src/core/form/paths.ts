/** A cell is named `total` or, in the row with key `r3` of `lines`, `lines/r3/days`; its column is `lines.days`. */

export interface CellPlace {
  readonly table: string | null;
  readonly row: string | null;
  readonly field: string;
}

export function cellPath(table: string | null, row: string | null, field: string): string {
  return table === null || row === null ? field : `${table}/${row}/${field}`;
}

export function placeOf(path: string): CellPlace {
  const [table, row, field] = path.split("/");
  return field === undefined || row === undefined || table === undefined
    ? { table: null, row: null, field: path }
    : { table, row, field };
}

export function columnOf(path: string): string {
  const place = placeOf(path);
  return place.table === null ? place.field : `${place.table}.${place.field}`;
}

const unescape = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/**
 * The cell that a JSON Pointer of the server means. `keys` are the row keys of each sub-table in the order in which the
 * rows were sent; a pointer to a row without a field means the table. `null`: the record as a whole.
 */
export function pathOfPointer(pointer: string, keys: Readonly<Record<string, readonly string[]>>): string | null {
  const parts = pointer.split("/").slice(1).map(unescape);
  if (parts[0] === "values") {
    parts.shift();
  }
  const [head, index, field] = parts.length === 1 && parts[0]?.includes(".") ? dotted(parts[0]) : parts;
  if (head === undefined || head === "") {
    return null;
  }
  const row = index === undefined ? undefined : keys[head]?.[Number(index)];
  return row === undefined || field === undefined ? head : cellPath(head, row, field);
}

function dotted(path: string): string[] {
  const [table = "", field = ""] = path.split(".");
  return [table, "", field];
}
