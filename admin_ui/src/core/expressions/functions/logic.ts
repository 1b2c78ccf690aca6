/** Choices and three-valued logic. What is not needed is not evaluated. */

import { Decimal } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import type { Node } from "../tree.ts";
import { compare, equal, isList, type Value } from "../values.ts";
import type { Run } from "./run.ts";

export type Visit = (node: Node) => Value;
export type LazyRun = (visit: Visit, nodes: readonly Node[]) => Value;

function at(nodes: readonly Node[], index: number): Node {
  const node = nodes[index];
  if (node === undefined) throw new ExpressionError("wrong_value", { value: index });
  return node;
}

function choose(visit: Visit, nodes: readonly Node[]): Value {
  if (visit(at(nodes, 0)) === true) return visit(at(nodes, 1));
  return nodes.length > 2 ? visit(at(nodes, 2)) : null;
}

function chooseFirst(visit: Visit, nodes: readonly Node[]): Value {
  for (let index = 0; index < nodes.length; index += 2) {
    if (visit(at(nodes, index)) === true) return visit(at(nodes, index + 1));
  }
  return null;
}

function choice(visit: Visit, nodes: readonly Node[]): Value {
  const wanted = visit(at(nodes, 0));
  for (let index = 1; index < nodes.length - 1; index += 2) {
    const match = visit(at(nodes, index));
    if (wanted !== null && match !== null && equal(wanted, match)) return visit(at(nodes, index + 1));
  }
  return nodes.length % 2 === 0 ? visit(at(nodes, nodes.length - 1)) : null;
}

/** AND (`decisive` false) or OR (`decisive` true) after Kleene. */
function decided(decisive: boolean): LazyRun {
  return (visit, nodes) => {
    let result: Value = !decisive;
    for (const node of nodes) {
      const value = visit(node);
      if (value === decisive) return decisive;
      if (value === null) result = null;
    }
    return result;
  };
}

function coalesce(visit: Visit, nodes: readonly Node[]): Value {
  for (const node of nodes) {
    const value = visit(node);
    if (value !== null) return value;
  }
  return null;
}

function chooseByNumber(visit: Visit, nodes: readonly Node[]): Value {
  const place = visit(at(nodes, 0));
  const fits = Decimal.isDecimal(place) && place.isInteger() && place.gte(1) && place.lt(nodes.length);
  return fits ? visit(at(nodes, place.toNumber())) : null;
}

function isBlank(value: Value | undefined): boolean {
  return value === null || value === undefined || (isList(value) && value.length === 0);
}

const between: Run = ([value = null, least = null, most = null]) => {
  const above = value === null || least === null ? null : compare(value, least) >= 0;
  const below = value === null || most === null ? null : compare(value, most) <= 0;
  if (above === false || below === false) return false;
  return above === null || below === null ? null : true;
};

const same: Run = ([one = null, other = null]) => (one === null || other === null ? one === other : equal(one, other));

const blankIf: Run = ([value = null, match = null]) => (value !== null && match !== null && equal(value, match) ? null : value);

export const LAZY: Readonly<Record<string, LazyRun>> = {
  IF: choose,
  IFS: chooseFirst,
  SWITCH: choice,
  AND: decided(false),
  OR: decided(true),
  COALESCE: coalesce,
  CHOOSE: chooseByNumber,
};

export const LOGIC: Readonly<Record<string, Run>> = {
  NOT: ([value]) => value !== true,
  ISBLANK: ([value]) => isBlank(value),
  NOTBLANK: ([value]) => !isBlank(value),
  NULLIF: blankIf,
  SAME: same,
  XOR: (values) => values.filter((value) => value === true).length % 2 === 1,
  BETWEEN: between,
};
