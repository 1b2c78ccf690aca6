import type { LineData } from "./data.ts";

/** A head over some columns. */
export interface HeadCell {
  id: string;
  /** null: a total of what stands beside it. */
  label: string | null;
  depth: number;
  lines: number;
  rows: number;
  /** The group that it opens and closes, if it has more than one column and a total of its own. */
  group: string | null;
}

export const idOf = (keys: readonly unknown[]): string => JSON.stringify(keys);

function begins(line: LineData, depth: number): string {
  return idOf(line.keys.slice(0, depth));
}

/** A line that is drawn, and its place among all of them. */
export interface Placed {
  line: LineData;
  place: number;
}

/** The lines that are not inside a closed group. */
export function openLines(lines: readonly LineData[], closed: ReadonlySet<string>): Placed[] {
  return lines.flatMap((line, place) => (line.keys.some((_, depth) => depth > 0 && closed.has(begins(line, depth))) ? [] : [{ line, place }]));
}

/** The groups of a side that have something in them: what can be closed. */
export function groupsOf(lines: readonly LineData[], depth: number): string[] {
  return lines.filter((line) => line.keys.length > 0 && line.keys.length < depth).map((line) => idOf(line.keys));
}

/** The rows of heads over columns, one for each axis: what belongs together stands under one head. */
export function headRows(lines: readonly LineData[], axes: number, groups: ReadonlySet<string>): HeadCell[][] {
  return Array.from({ length: axes }, (_, depth) => {
    const row: HeadCell[] = [];
    for (const line of lines) {
      const length = line.keys.length;
      if (length < depth) continue;
      if (length === depth) {
        row.push({ id: `${begins(line, depth)} total ${depth}`, label: null, depth, lines: 1, rows: axes - depth, group: null });
        continue;
      }
      const id = begins(line, depth + 1);
      const last = row.at(-1);
      if (last?.id === id) last.lines += 1;
      else row.push({ id, label: line.labels[depth] ?? "", depth, lines: 1, rows: 1, group: groups.has(id) ? id : null });
    }
    return row;
  });
}
