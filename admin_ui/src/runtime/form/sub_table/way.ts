/** Which row of a list a cell stands in, and whether it stands deeper: in a table inside that row. Null: not below the list. */
export function wayInto(list: string, path: string): { readonly row: string; readonly deeper: boolean } | null {
  if (!path.startsWith(`${list}/`)) return null;
  const [row = "", ...rest] = path.slice(list.length + 1).split("/");
  return { row, deeper: rest.length > 1 };
}
