/** Types of the expression language in their JSON spelling, and what a formula may name. */

export type Type = string | { readonly list: Type } | { readonly record: string };

export interface Scope {
  readonly names: Readonly<Record<string, Type>>;
  readonly shapes: Readonly<Record<string, Readonly<Record<string, Type>>>>;
  readonly measures: Readonly<Record<string, { readonly dimensions: Readonly<Record<string, Type>>; readonly result?: Type }>>;
  readonly old: Readonly<Record<string, Type>> | null;
  /** Shapes whose records are calendars of working days. */
  readonly calendars?: readonly string[];
}

export const UNKNOWN = "unknown";
export const BLANK = "blank";
const PEOPLE: Readonly<Record<string, string>> = { user: "system.user", department: "system.department" };
const ORDERED: ReadonlySet<Type> = new Set(["number", "text", "date", "time", "datetime"]);
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  number: ["数字", "number"],
  text: ["文本", "text"],
  boolean: ["是/否", "yes/no"],
  date: ["日期", "date"],
  time: ["时间", "time"],
  datetime: ["日期时间", "date and time"],
  blank: ["空", "blank"],
  user: ["人员", "user"],
  department: ["部门", "department"],
  unknown: ["未知", "unknown"],
};

/** A text by language, as parameters of problems carry it. */
export type Words = Readonly<Record<"zh-CN" | "en", string>>;

/** An own member, never one that every object inherits. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function emptyScope(parts: Partial<Scope> = {}): Scope {
  return { names: {}, shapes: {}, measures: {}, old: null, ...parts };
}

export function itemOf(type: Type): Type | null {
  return typeof type === "object" && "list" in type ? type.list : null;
}

export function recordOf(type: Type): string | null {
  return typeof type === "object" && "record" in type ? type.record : null;
}

export function sameType(one: Type, other: Type): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function isPerson(kind: string): boolean {
  return own(PEOPLE, kind) !== undefined;
}

/** Whether values of this type are users, by id or as records. */
export function isUser(type: Type): boolean {
  return type === "user" || type === "text" || recordOf(type) === PEOPLE["user"];
}

export function isOrdered(type: Type | null): boolean {
  return type !== null && (ORDERED.has(type) || type === BLANK || type === UNKNOWN);
}

/** The key of the shape that members of this type are looked up in. */
export function shapeOf(type: Type, scope: Scope): string | null {
  const item = itemOf(type);
  if (item !== null) return shapeOf(item, scope);
  const record = recordOf(type) ?? (typeof type === "string" ? own(PEOPLE, type) : undefined);
  return record !== undefined && own(scope.shapes, record) !== undefined ? record : null;
}

/** The type of a user or a department: a record where its fields are known. */
export function personType(kind: string, scope: Scope): Type {
  const shape = own(PEOPLE, kind) ?? "";
  return own(scope.shapes, shape) === undefined ? kind : { record: shape };
}

export function typeWords(type: Type): Words {
  const item = itemOf(type);
  if (item !== null) {
    const words = typeWords(item);
    return { "zh-CN": `${words["zh-CN"]}列表`, en: `list of ${words.en}` };
  }
  const record = recordOf(type);
  if (record !== null) return { "zh-CN": `记录 ${record}`, en: `record ${record}` };
  const [chinese, english] = own(WORDS, String(type)) ?? [String(type), String(type)];
  return { "zh-CN": chinese, en: english };
}

function isIdentity(type: Type): boolean {
  const record = recordOf(type);
  return record === null ? typeof type === "string" && own(PEOPLE, type) !== undefined : !record.includes("/");
}

function unifyIds(one: Type, other: Type): Type | null {
  if (!isIdentity(one)) return null;
  const person = typeof other === "string" ? own(PEOPLE, other) : undefined;
  return other === "text" || (person !== undefined && recordOf(one) === person) ? one : null;
}

/** The type that holds values of both, null if there is none. An id goes with text. */
export function unify(one: Type, other: Type): Type | null {
  if (other === BLANK || sameType(one, other)) return one;
  if (one === BLANK) return other;
  if (one === UNKNOWN || other === UNKNOWN) return UNKNOWN;
  const [left, right] = [itemOf(one), itemOf(other)];
  if (left !== null && right !== null) {
    const item = unify(left, right);
    return item === null ? null : { list: item };
  }
  return unifyIds(one, other) ?? unifyIds(other, one);
}
