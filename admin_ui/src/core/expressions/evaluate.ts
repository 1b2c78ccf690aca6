/** Evaluates a typed tree, from the server or from this folder's own parser, as the server does. */

import { add, decimal, divide, multiply, negate, percent, power, subtract } from "./arithmetic.ts";
import { Day } from "./calendar.ts";
import type { Environment } from "./environment.ts";
import { ExpressionError } from "./errors.ts";
import { addDays, daysBetween } from "./functions/dates.ts";
import { STEPS, EACH, LAZY, RUNS } from "./functions/index.ts";
import modes from "./modes.json" with { type: "json" };
import type { Binary, Call, Each, Field, In, Item, Literal, Member, Named, Node, Unary } from "./tree.ts";
import { itemOf, own } from "./types.ts";
import { clean, compare, equal, identity, isList, isRow, number, textOf, type Value } from "./values.ts";

export const MAX_STEPS = 100_000;
export const MAX_TEXT = 100_000;
/** Functions that are blank as soon as one of their arguments is. */
const STRICT: ReadonlySet<string> = new Set(modes.strict);

/** Returns the value; throws ExpressionError for what must be shown. */
export function evaluate(tree: Node, environment: Environment): Value {
  return new Evaluation(environment).visit(tree);
}

class Evaluation {
  private left = MAX_STEPS;
  private readonly items: Value[] = [];
  private readonly env: Environment;

  constructor(env: Environment) {
    this.env = env;
  }

  readonly visit = (node: Node): Value => {
    this.left -= 1;
    if (this.left < 0) throw new ExpressionError("too_many_steps", { limit: MAX_STEPS }, node.span);
    try {
      return this.value(node);
    } catch (error) {
      if (error instanceof ExpressionError) error.span ??= node.span;
      throw error;
    }
  };

  private value(node: Node): Value {
    switch (node.node) {
      case "literal":
        return literal(node);
      case "field":
        return this.field(node);
      case "old":
        return this.spend(clean(this.env.old?.[node.name], node.type));
      case "member":
        return this.member(node);
      case "unary":
        return this.unary(node);
      case "binary":
        return this.binary(node);
      case "in":
        return this.membership(node);
      case "call":
        return this.call(node);
      case "each":
        return this.each(node);
      case "item":
        return this.item(node);
      case "measure":
        return clean(this.env.measure(node.name, this.named(node.arguments)), node.type);
      case "side": // No port of the browser looks for what lies within bounds: such a formula is for the server.
        return null;
      case "lookup":
        return clean(this.env.lookup(node.shape, node.name, this.named(node.arguments)), node.type);
    }
  }

  private spend(value: Value): Value {
    if (isList(value)) this.left -= value.length;
    return value;
  }

  /** What an operation made, paid for by its size. */
  private made(value: Value): Value {
    if (typeof value === "string") {
      if (value.length > MAX_TEXT && [...value].length > MAX_TEXT) throw new ExpressionError("text_too_long", { limit: MAX_TEXT });
      this.left -= Math.floor(value.length / 100);
    }
    return this.spend(value);
  }

  private named(pairs: Named): Readonly<Record<string, Value>> {
    return Object.fromEntries(pairs.map(([name, value]) => [name, identity(this.visit(value))]));
  }

  private field(node: Field): Value {
    const { row, rowsAs, values } = this.env;
    if (row !== null && node.name === rowsAs) return row;
    return this.spend(clean(row !== null && Object.hasOwn(row, node.name) ? row[node.name] : own(values, node.name), node.type));
  }

  private member(node: Member): Value {
    const target = this.visit(node.target);
    if (!isList(target)) return this.spend(clean(this.follow(target, node), node.type));
    const item = itemOf(node.type) ?? node.type;
    this.spend(target);
    return target.flatMap((record) => {
      const raw = this.follow(record, node);
      return clean(raw, Array.isArray(raw) ? node.type : item);
    });
  }

  private follow(record: Value, node: Member | Item): unknown {
    if (record === null) return null;
    if (!isRow(record)) return this.env.fetch(node.shape, String(record), node.name);
    if (Object.hasOwn(record, node.name) || node.shape.includes("/") || record["id"] === undefined) return own(record, node.name);
    return this.env.fetch(node.shape, String(record["id"]), node.name);
  }

  private unary(node: Unary): Value {
    const operand = this.visit(node.operand);
    if (operand === null) return null;
    if (node.operator === "-") return negate(number(operand));
    return node.operator === "+" ? number(operand) : percent(number(operand));
  }

  private binary(node: Binary): Value {
    const [left, right] = [this.visit(node.left), this.visit(node.right)];
    if (node.operator === "&") return this.made(textOf(left, this.env.timezone) + textOf(right, this.env.timezone));
    if (left === null || right === null) return null;
    const operation = own(OPERATIONS, node.operator);
    if (operation === undefined) throw new ExpressionError("wrong_value", { value: node.operator });
    return operation(left, right);
  }

  private membership(node: In): Value {
    const target = this.visit(node.target);
    const options = node.options.flatMap((option) => this.visit(option));
    if (options.length === 0) return node.negated;
    if (target === null) return null;
    if (options.some((option) => option !== null && equal(target, option))) return !node.negated;
    return options.includes(null) ? null : node.negated;
  }

  private call(node: Call): Value {
    const lazy = own(LAZY, node.name);
    if (lazy !== undefined) return lazy(this.visit, node.arguments);
    const values = node.arguments.map(this.visit);
    const run = own(RUNS, node.name);
    if (run === undefined) throw new ExpressionError("wrong_value", { value: node.name });
    if (STRICT.has(node.name) && values.includes(null)) return null;
    for (const value of values) if (typeof value === "string") this.left -= Math.floor(value.length / 100);
    this.left -= own(STEPS, node.name)?.(values) ?? 0;
    if (this.left < 0) throw new ExpressionError("too_many_steps", { limit: MAX_STEPS });
    return this.made(run(values, this.env));
  }

  private each(node: Each): Value {
    const source = this.visit(node.source);
    const items = isList(source) ? source : [];
    const columns: Value[][] = node.arguments.map(() => []);
    for (const item of items) {
      this.items.push(item);
      for (const [at, argument] of node.arguments.entries()) columns[at]?.push(this.visit(argument));
      this.items.pop();
    }
    const run = own(EACH, node.name);
    if (run === undefined) throw new ExpressionError("wrong_value", { value: node.name });
    return this.made(run(items, ...columns));
  }

  private item(node: Item): Value {
    const item = this.items.at(-1 - node.level) ?? null;
    return node.name === "" ? item : this.spend(clean(this.follow(item, node), node.type));
  }
}

function literal(node: Literal): Value {
  return node.type === "number" && typeof node.value === "string" ? decimal(node.value) : node.value;
}

function plus(left: Value, right: Value): Value {
  if (left instanceof Day) return addDays(left, number(right));
  return right instanceof Day ? addDays(right, number(left)) : add(number(left), number(right));
}

function minus(left: Value, right: Value): Value {
  if (!(left instanceof Day)) return subtract(number(left), number(right));
  return right instanceof Day ? daysBetween(left, right) : addDays(left, negate(number(right)));
}

const OPERATIONS: Readonly<Record<string, (left: Value, right: Value) => Value>> = {
  "+": plus,
  "-": minus,
  "*": (left, right) => multiply(number(left), number(right)),
  "/": (left, right) => divide(number(left), number(right)),
  "^": (left, right) => power(number(left), number(right)),
  "=": equal,
  "<>": (left, right) => !equal(left, right),
  "<": (left, right) => compare(left, right) < 0,
  "<=": (left, right) => compare(left, right) <= 0,
  ">": (left, right) => compare(left, right) > 0,
  ">=": (left, right) => compare(left, right) >= 0,
};
