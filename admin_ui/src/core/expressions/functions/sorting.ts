/** Putting values in order: texts by code point, equals as they come. */

import { compare, type Value } from "../values.ts";

export function inOrder(values: readonly Value[], descending = false): Value[] {
  return values.toSorted((one, other) => (descending ? compare(other, one) : compare(one, other)));
}

/** Items in the order of their keys; those without a key come last. */
export function byKeys(items: readonly Value[], keys: readonly Value[]): Value[] {
  const places = [...items.keys()];
  const key = (at: number): Value => keys[at] ?? null;
  const known = places.filter((at) => key(at) !== null).toSorted((one, other) => compare(key(one), key(other)));
  return [...known, ...places.filter((at) => key(at) === null)].map((at) => items[at] ?? null);
}
