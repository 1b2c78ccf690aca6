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
export type Measure = Placed & { readonly node: "measure"; readonly name: string; readonly arguments: Named };
export type Lookup = Placed & { readonly node: "lookup"; readonly shape: string; readonly name: string; readonly arguments: Named };

export type Node = Literal | Field | Old | Member | Unary | Binary | Call | In | Measure | Lookup;

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
    case "in":
      return [node.target, ...node.options];
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

/** The paths that are read from the record, each at its full length. */
export function pathsRead(node: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: Node[] = [node];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    const whole = path(current);
    if (whole === null) waiting.push(...children(current));
    else found.add(whole);
  }
  return found;
}
