/** "Did you mean": names that differ in a few letters. */

const MOST = 3;

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [column, match] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === match ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

export function near(name: string, known: readonly string[]): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length * 0.4));
  return known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .filter(({ far }) => far <= limit)
    .toSorted((one, other) => one.far - other.far)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}
