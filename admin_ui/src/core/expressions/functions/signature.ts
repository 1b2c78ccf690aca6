/** The function table as the server generates it, and matching arguments with it. */

import table from "../functions.json" with { type: "json" };
import {
  BLANK, isOrdered, isPerson, isUser, itemOf, own, personType, recordOf, type Scope, type Type, typeWords, unify, UNKNOWN, type Words,
} from "../types.ts";

export interface Parameter {
  readonly name: string;
  readonly kind: string;
  readonly optional: boolean;
}

export interface FunctionEntry {
  readonly kind: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly parameters: readonly Parameter[];
  readonly group: readonly Parameter[];
  readonly tail: Parameter | null;
  readonly result: string;
  readonly mode: string;
  readonly words: Words;
  readonly example: readonly string[];
}

/** What the type variables T, S and O stand for so far. */
export type Bound = Map<string, Type>;

const VARIABLES: ReadonlySet<string> = new Set(["T", "S", "O"]);
const ANY: Words = { "zh-CN": "任意", en: "any value" };
const SPECIAL: Readonly<Record<string, Words>> = {
  O: { "zh-CN": "数字、文本、日期或时间", en: "number, text, date or time" },
  calendar: { "zh-CN": "工作日历", en: "calendar of working days" },
};

export const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = table.functions;

const NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(FUNCTIONS).flatMap(([name, entry]) => [name, ...entry.aliases].map((known): [string, string] => [known, name])),
  ...Object.entries(table.named),
]);

/** The function's own name for a name or alias in any case. */
export function canonicalName(written: string): string | undefined {
  return NAMES.get(written.toUpperCase());
}

export function allNames(): readonly string[] {
  return [...NAMES.keys()];
}

/** The parameter of each of so many arguments, null when so many do not fit. */
export function spread(entry: FunctionEntry, count: number): readonly Parameter[] | null {
  const { parameters, group, tail } = entry;
  const required = parameters.filter((parameter) => !parameter.optional).length;
  if (group.length === 0) return count >= required && count <= parameters.length ? parameters.slice(0, count) : null;
  const rest = count - parameters.length;
  const repeats = Math.floor(rest / group.length);
  const left = rest - repeats * group.length;
  const last = tail !== null && left === 1 ? [tail] : [];
  if (repeats < 1 || left !== last.length) return null;
  return [...parameters, ...Array.from({ length: repeats }, () => group).flat(), ...last];
}

/** Whether an argument of a type may stand for a parameter of a kind; binds type variables. */
export function accepts(kind: string, actual: Type, bound: Bound, scope: Scope): boolean {
  const item = itemOf(actual);
  if (kind.startsWith("@")) return accepts(kind.slice(1), actual, bound, scope);
  if (kind.startsWith("~")) return accepts(kind.slice(1), item ?? actual, bound, scope);
  if (actual === UNKNOWN || actual === BLANK || kind === "any") return true;
  if (kind.startsWith("[")) return item !== null && accepts(kind.slice(1, -1), item, bound, scope);
  if (kind === "scalar") return item === null;
  if (VARIABLES.has(kind)) return binds(kind, actual, bound);
  if (kind === "calendar") return (scope.calendars ?? []).includes(recordOf(actual) ?? "");
  return actual === kind || (kind === "user" && isUser(actual));
}

function binds(kind: string, actual: Type, bound: Bound): boolean {
  const united = unify(bound.get(kind) ?? BLANK, actual);
  const joined = kind === "O" && !isOrdered(united) ? null : united;
  bound.set(kind, joined ?? bound.get(kind) ?? UNKNOWN);
  return joined !== null;
}

export function resultType(kind: string, bound: Bound, scope: Scope): Type {
  if (kind.startsWith("[")) {
    const item = resultType(kind.slice(1, -1), bound, scope);
    return itemOf(item) === null ? { list: item } : item;
  }
  if (VARIABLES.has(kind)) return bound.get(kind) ?? BLANK;
  return isPerson(kind) ? personType(kind, scope) : kind;
}

export function kindWords(parameter: Parameter, bound: Bound): Words {
  const bare = parameter.kind.replaceAll(/[[\]~@]/gu, "");
  const type = bound.get(bare) ?? (VARIABLES.has(bare) || ["any", "scalar", "calendar"].includes(bare) ? UNKNOWN : bare);
  const words = type === UNKNOWN ? (own(SPECIAL, bare) ?? ANY) : typeWords(type);
  return parameter.kind.startsWith("[") ? { "zh-CN": `${words["zh-CN"]}列表`, en: `list of ${words.en}` } : words;
}

/** The entry of a function by its own name. */
export function functionEntry(name: string): FunctionEntry | undefined {
  return own(FUNCTIONS, name);
}
