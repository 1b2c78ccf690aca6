/**
 * A cell is named `total` or, in the row with key `r3` of `lines`, `lines/r3/days`; its column is `lines.days`. A sub-table is a
 * cell too: the list of rows `items` inside that row is `lines/r3/items`, a cell of it `lines/r3/items/r7/amount`. What is called
 * `list` is the path of such a cell, what is called `table` its column: `lines.items`.
 */

export interface CellPlace {
  /** The list that the row stands in; null for a cell of the record itself. */
  readonly table: string | null;
  readonly row: string | null;
  readonly field: string;
}

export type RowKeys = Readonly<Record<string, readonly string[]>>;

export function cellPath(list: string | null, row: string | null, field: string): string {
  return list === null || row === null ? field : `${list}/${row}/${field}`;
}

export function placeOf(path: string): CellPlace {
  const end = path.lastIndexOf("/");
  const start = path.lastIndexOf("/", end - 1);
  return start < 1 ? { table: null, row: null, field: path } : { table: path.slice(0, start), row: path.slice(start + 1, end), field: path.slice(end + 1) };
}

/** The columns of lists, which are asked for with every cell of them. Keys of rows count from one in each form, so they are few. */
const columns = new Map<string, string>();

export function columnOf(path: string): string {
  const end = path.lastIndexOf("/");
  if (end < 0) {
    return path;
  }
  const list = path.slice(0, path.lastIndexOf("/", end - 1));
  let column = columns.get(list);
  if (column === undefined) {
    column = list.split("/").filter((_, index) => index % 2 === 0).join(".");
    columns.set(list, column);
  }
  return `${column}.${path.slice(end + 1)}`;
}

/** The table that a column lies in; empty for the record. */
export function tableOf(column: string): string {
  return column.slice(0, Math.max(0, column.lastIndexOf(".")));
}

/** A column with every table that it lies in, the outermost first. */
export function outwards(column: string): string[] {
  const names = column === "" ? [] : column.split(".");
  return names.map((_, index) => names.slice(0, index + 1).join("."));
}

const unescape = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/**
 * The cell that a JSON Pointer of the server means. `keys` are the row keys of each list in the order in which the rows
 * were sent; a pointer to a row without a field means the list. `null`: the record as a whole.
 */
export function pathOfPointer(pointer: string, keys: RowKeys): string | null {
  const parts = pointer.split("/").slice(1).map(unescape);
  if (parts[0] === "values") {
    parts.shift();
  }
  let path = parts[0]?.split(".")[0] ?? "";
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const row = keys[path]?.[Number(parts[at])];
    if (row === undefined) {
      break;
    }
    path = cellPath(path, row, parts[at + 1] ?? "");
  }
  return path === "" ? null : path;
}
