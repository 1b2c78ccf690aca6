/** The typed tree, exactly as the server stores it beside the text. */

import type { Span } from "./errors.ts";
import type { Type } from "./types.ts";

interface Placed {
  readonly type: Type;
  readonly span: Span;
}

export type Literal = Placed & { readonly node: "literal"; readonly value: string | boolean | null };
export type Field = Placed & { readonly node: "field"; readonly name: string };
export type Old = Placed & { readonly node: "old"; readonly name: string };
export type Member = Placed & { readonly node: "member"; readonly target: Node; readonly name: string; readonly shape: string };
export type Unary = Placed & { readonly node: "unary"; readonly operator: string; readonly operand: Node };
export type Binary = Placed & { readonly node: "binary"; readonly operator: string; readonly left: Node; readonly right: Node };
export type Call = Placed & { readonly node: "call"; readonly name: string; readonly arguments: readonly Node[] };
export type In = Placed & {
  readonly node: "in";
  readonly target: Node;
  readonly options: readonly Node[];
  readonly negated: boolean;
};
export type Named = readonly (readonly [string, Node])[];
/** `day >= from` among named arguments: on which side of a value the named one may lie. */
export type Side = Placed & { readonly node: "side"; readonly operator: string; readonly value: Node };
export type Measure = Placed & { readonly node: "measure"; readonly name: string; readonly arguments: Named };
export type Lookup = Placed & { readonly node: "lookup"; readonly shape: string; readonly name: string; readonly arguments: Named };
/** A function over the items of a list: the arguments are evaluated for every item. */
export type Each = Placed & { readonly node: "each"; readonly name: string; readonly source: Node; readonly arguments: readonly Node[] };
/** A field of the item that an `Each` is at, or the item itself (name ""); `level` counts the `Each` between. */
export type Item = Placed & { readonly node: "item"; readonly name: string; readonly level: number; readonly shape: string };

export type Node = Literal | Field | Old | Member | Unary | Binary | Call | In | Measure | Lookup | Each | Item | Side;

/** Functions whose result is one or some of the items of their first argument: a path may go on behind them. */
const SAME_ITEMS: ReadonlySet<string> = new Set(["FILTER", "SORTBY", "FIRST", "LAST", "NTH", "REVERSE", "SLICE", "SORT", "DISTINCT"]);

export function children(node: Node): readonly Node[] {
  switch (node.node) {
    case "call":
      return node.arguments;
    case "binary":
      return [node.left, node.right];
    case "member":
      return [node.target];
    case "unary":
      return [node.operand];
    case "side":
      return [node.value];
    case "in":
      return [node.target, ...node.options];
    case "each":
      return [node.source, ...node.arguments];
    case "measure":
    case "lookup":
      return node.arguments.map(([, value]) => value);
    default:
      return [];
  }
}

/** The number of levels, without recursion. */
export function height(node: Node): number {
  let tallest = 0;
  const waiting: [Node, number][] = [[node, 1]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [current, level] = next;
    tallest = Math.max(tallest, level);
    for (const child of children(current)) waiting.push([child, level + 1]);
  }
  return tallest;
}

/** "lines.amount" for a chain of names that starts at the record, null for anything else. */
export function path(node: Node): string | null {
  if (node.node === "field") return node.name;
  if (node.node !== "member") return null;
  const start = path(node.target);
  return start === null ? null : `${start}.${node.name}`;
}

/** Where the items of the `Each` around come from, the innermost first. */
type Sources = readonly (string | null)[];

/** The path whose values a node gives, through functions that pass items on; null where there is none. */
function origin(node: Node, sources: Sources): string | null {
  switch (node.node) {
    case "field":
      return node.name;
    case "item": {
      const start = sources[node.level] ?? null;
      return start === null || node.name === "" ? start : `${start}.${node.name}`;
    }
    case "member": {
      const start = origin(node.target, sources);
      return start === null ? null : `${start}.${node.name}`;
    }
    case "each":
      return SAME_ITEMS.has(node.name) ? origin(node.source, sources) : null;
    case "call": {
      const [first] = node.arguments;
      return first !== undefined && SAME_ITEMS.has(node.name) ? origin(first, sources) : null;
    }
    default:
      return null;
  }
}

function startOf(node: Node): Node {
  return node.node === "member" ? startOf(node.target) : node;
}

/** The paths that are read from the record, each at its full length. */
export function pathsRead(tree: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: [Node, Sources][] = [[tree, []]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [first, sources] = next;
    const whole = first.node === "field" || first.node === "member" || first.node === "item" ? origin(first, sources) : null;
    if (whole !== null) found.add(whole);
    const node = whole === null ? first : startOf(first);
    if (node.node === "each") {
      const inner = [origin(node.source, sources), ...sources];
      waiting.push(...node.arguments.toReversed().map((part): [Node, Sources] => [part, inner]), [node.source, sources]);
    } else if (node.node !== "field") {
      waiting.push(...children(node).toReversed().map((part): [Node, Sources] => [part, sources]));
    }
  }
  return found;
}
