import { type Node, pathsRead } from "../expressions/tree.ts";
import type { Tree } from "./types.ts";

/** Nodes that only the server can answer, because the answer is in other records (calendars too) or in what a person may do. */
const REMOTE_NODES = new Set(["measure", "lookup", "old"]);
const REMOTE_CALLS = new Set([
  "HASROLE", "INITIATOR", "WORKDAYS", "ADDWORKDAYS", "WORKEND", "ISWORKDAY", "NEXTWORKDAY", "PREVWORKDAY",
]);

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && "node" in value;
}

function below(tree: Tree): Tree[] {
  return Object.values(tree).flatMap((value) => (isTree(value) ? [value] : Array.isArray(value) ? value.flat(2).filter(isTree) : []));
}

/** `lines.amount` for a chain of names that starts at the record; null for anything else. */
function pathOf(tree: Tree): string | null {
  if (tree["node"] === "field") {
    return String(tree["name"]);
  }
  if (tree["node"] !== "member" || !isTree(tree["target"])) {
    return null;
  }
  const above = pathOf(tree["target"]);
  return above === null ? null : `${above}.${String(tree["name"])}`;
}

/** Every path that a tree reads from the record, at its full length. The server made the tree: its shape is the evaluator's. */
export function readsOf(tree: Tree): readonly string[] {
  return [...pathsRead(tree as unknown as Node)];
}

/** The columns that a tree adds up: `lines.amount` in `SUM(lines.amount)`. */
export function sumsOf(tree: Tree): readonly string[] {
  const inside = below(tree);
  const found = tree["node"] === "call" && tree["name"] === "SUM" ? inside.flatMap((part) => pathOf(part) ?? []) : [];
  return [...found, ...inside.flatMap(sumsOf)];
}

/** Rows of another record are not in the browser: a path that leaves the record and ends in rows. */
function isRowsElsewhere(tree: Tree): boolean {
  const type = tree["type"] as { list?: { record?: string } } | string;
  const rows = typeof type === "object" && type.list?.record?.includes("/");
  return tree["node"] === "member" && Boolean(rows) && !String(tree["shape"]).includes("/");
}

export function isRemote(tree: Tree): boolean {
  const call = tree["node"] === "call" && REMOTE_CALLS.has(String(tree["name"]));
  return call || isRowsElsewhere(tree) || REMOTE_NODES.has(String(tree["node"])) || below(tree).some(isRemote);
}
