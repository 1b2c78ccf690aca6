/** The filter of a list: conditions joined by and / or, nested once; the same JSON goes to the server and into the address. */

/** A record of one of several kinds. */
export interface Link {
  entity: string;
  id: string;
}

export type FilterValue = string | number | boolean | (string | number)[] | Link | null;

export interface Condition {
  field: string;
  op: string;
  value?: FilterValue | undefined;
  /** What a chosen record is called, so that a chip need not ask; never sent. */
  label?: string | undefined;
}

export interface Group {
  join: "and" | "or";
  items: FilterNode[];
}

export type FilterNode = Condition | Group;

export const NO_FILTER: Group = { join: "and", items: [] };
export const VALUELESS = new Set(["blank", "not_blank"]);

export function isGroup(node: FilterNode): node is Group {
  return "join" in node;
}

function toJson(node: FilterNode, labels: boolean): unknown {
  if (isGroup(node)) return { [node.join]: node.items.map((item) => toJson(item, labels)) };
  const { field, op, value, label } = node;
  return {
    field,
    op,
    ...(value === undefined || VALUELESS.has(op) ? {} : { value }),
    ...(labels && label !== undefined ? { label } : {}),
  };
}

/** For the server: "" when nothing is asked. */
export function filterForServer(filter: Group): string {
  return filter.items.length === 0 ? "" : JSON.stringify(toJson(filter, false));
}

/** For the address: with the labels of chosen records. */
export function filterForAddress(filter: Group): string {
  return filter.items.length === 0 ? "" : JSON.stringify(toJson(filter, true));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isLink(value: unknown): value is Link {
  return isObject(value) && typeof value["entity"] === "string" && typeof value["id"] === "string";
}

function readValue(value: unknown): FilterValue | undefined {
  if (Array.isArray(value)) return value.filter((one): one is string | number => typeof one === "string" || typeof one === "number");
  if (isLink(value)) return { entity: value.entity, id: value.id };
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value as FilterValue;
  return undefined;
}

function readNode(value: unknown, depth: number): FilterNode | null {
  if (!isObject(value) || depth > 3) return null;
  for (const join of ["and", "or"] as const) {
    const items = value[join];
    if (Array.isArray(items)) {
      const read = items.map((item) => readNode(item, depth + 1)).filter((item) => item !== null);
      return { join, items: read };
    }
  }
  const { field, op, label } = value;
  if (typeof field !== "string" || typeof op !== "string") return null;
  const condition: Condition = { field, op };
  const read = readValue(value["value"]);
  if (read !== undefined) condition.value = read;
  if (typeof label === "string") condition.label = label;
  return condition;
}

/** An address is written by anybody: what cannot be read is no filter, never an error. */
export function parseFilter(text: string | null): Group {
  if (text === null || text === "") return NO_FILTER;
  try {
    const node = readNode(JSON.parse(text), 0);
    if (node === null) return NO_FILTER;
    return isGroup(node) ? node : { join: "and", items: [node] };
  } catch {
    return NO_FILTER;
  }
}

export function isComplete(node: FilterNode): boolean {
  if (isGroup(node)) return node.items.length > 0 && node.items.every(isComplete);
  if (VALUELESS.has(node.op)) return true;
  if (Array.isArray(node.value)) return node.value.length > 0 && node.value.every((one) => one !== "");
  return node.value !== undefined && node.value !== "" && node.value !== null;
}

/** The filter without what is half filled in. */
export function completed(filter: Group): Group {
  const items = filter.items
    .map((item) => (isGroup(item) ? completed(item) : item))
    .filter((item) => (isGroup(item) ? item.items.length > 0 : isComplete(item)));
  return { ...filter, items };
}

export function withoutItem(filter: Group, index: number): Group {
  return { ...filter, items: filter.items.filter((_, at) => at !== index) };
}

export function withItem(filter: Group, index: number, item: FilterNode): Group {
  return { ...filter, items: filter.items.map((old, at) => (at === index ? item : old)) };
}
