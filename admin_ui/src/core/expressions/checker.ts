/** From a tree without types to the typed tree, and all problems at once. */

import type { FormulaProblem, Params, Span } from "./errors.ts";
import { accepts, allNames, type Bound, functionEntry, type FunctionEntry, kindWords, type Parameter, resultType, spread } from "./functions/signature.ts";
import { near } from "./near.ts";
import type { Binary, Call, Field, In, Lookup, Measure, Member, Named, Node, Side, Unary } from "./tree.ts";
import { BLANK, isOrdered, itemOf, own, type Scope, shapeOf, type Type, typeWords, unify, UNKNOWN } from "./types.ts";

/** What has an order that both databases and the language agree on without a word about texts. */
const BOUNDED: ReadonlySet<Type> = new Set<Type>(["number", "date", "time", "datetime", UNKNOWN]);
const BARE_CALLS: ReadonlySet<string> = new Set(["ME", "INITIATOR", "TODAY", "NOW"]);

const ITEM = "ITEM";

export function check(tree: Node, scope: Scope): { readonly tree: Node; readonly problems: readonly FormulaProblem[] } {
  const checker = new Checker(scope);
  return { tree: checker.node(tree), problems: checker.problems };
}

class Checker {
  readonly problems: FormulaProblem[] = [];
  private readonly scope: Scope;
  private readonly items: Type[] = [];

  constructor(scope: Scope) {
    this.scope = scope;
  }

  node(node: Node): Node {
    switch (node.node) {
      case "field":
        return this.field(node);
      case "member":
        return this.member(node);
      case "unary":
        return this.unary(node);
      case "binary":
        return this.binary(node);
      case "call":
        return this.call(node);
      case "in":
        return this.membership(node);
      case "measure":
        return this.measure(node);
      case "lookup":
        return this.lookup(node);
      case "side":
        return this.side(node);
      default:
        return node;
    }
  }

  private report(code: string, span: Span, params: Params): Type {
    this.problems.push({ code, params, span });
    return UNKNOWN;
  }

  private unknown(code: string, name: string, known: readonly string[], span: Span, params: Params = {}): Type {
    return this.report(code, span, { name, near: near(name, known), ...params });
  }

  private field(node: Field): Node {
    const item = this.item(node);
    if (item !== null) return item;
    const type = own(this.scope.names, node.name);
    if (type !== undefined) return { ...node, type };
    if (BARE_CALLS.has(node.name)) {
      return this.call({ node: "call", name: node.name, arguments: [], type: UNKNOWN, span: node.span });
    }
    if (node.name === "OLD") return { ...node, type: this.report("formula_old_alone", node.span, {}) };
    return { ...node, type: this.unknown("formula_unknown_name", node.name, Object.keys(this.scope.names), node.span) };
  }

  /** What a bare name means inside an `Each`: a field of the innermost item that has it, or ITEM itself. */
  private item({ name, span }: Field): Node | null {
    for (const [level, kind] of this.items.toReversed().entries()) {
      const shape = shapeOf(kind, this.scope);
      const type = shape === null ? undefined : own(own(this.scope.shapes, shape) ?? {}, name);
      if (shape !== null && type !== undefined) return { node: "item", name, level, shape, type, span };
    }
    const innermost = this.items.at(-1);
    if (name !== ITEM || innermost === undefined || own(this.scope.names, ITEM) !== undefined) return null;
    return { node: "item", name: "", level: 0, shape: "", type: innermost, span };
  }

  private member(node: Member): Node {
    const { name, span } = node;
    if (node.target.node === "field" && node.target.name === "OLD" && own(this.scope.names, "OLD") === undefined) {
      return this.old(node);
    }
    const target = this.node(node.target);
    if (target.type === UNKNOWN) return { ...node, target };
    const shape = shapeOf(target.type, this.scope);
    const members = shape === null ? undefined : own(this.scope.shapes, shape);
    if (shape === null || members === undefined) {
      return { ...node, target, type: this.report("formula_no_members", span, { name, type: typeWords(target.type) }) };
    }
    const type = own(members, name);
    if (type === undefined) {
      const problem = this.unknown("formula_unknown_member", name, Object.keys(members), span, { record: shape });
      return { ...node, target, type: problem };
    }
    const through = itemOf(target.type) !== null && itemOf(type) === null ? { list: type } : type;
    return { ...node, target, shape, type: through };
  }

  private old({ name, span }: Member): Node {
    const fields = this.scope.old;
    if (fields === null) return { node: "old", name, span, type: this.report("formula_no_old", span, {}) };
    const type = own(fields, name) ?? this.unknown("formula_unknown_name", name, Object.keys(fields), span);
    return { node: "old", name, span, type };
  }

  private unary(node: Unary): Node {
    const operand = this.node(node.operand);
    if (!isNumeric(operand.type)) {
      this.report("formula_wrong_operand", node.span, { operator: node.operator, type: typeWords(operand.type) });
    }
    return { ...node, operand, type: "number" };
  }

  private operands(operator: string, left: Type, right: Type, span: Span): Type {
    return this.report("formula_wrong_operands", span, { operator, left: typeWords(left), right: typeWords(right) });
  }

  private binary(node: Binary): Node {
    const [left, right] = [this.node(node.left), this.node(node.right)];
    const type =
      binaryType(node.operator, left.type, right.type) ?? this.operands(node.operator, left.type, right.type, node.span);
    return { ...node, left, right, type };
  }

  private call(node: Call): Node {
    const entry = functionEntry(node.name);
    const [first, ...rest] = node.arguments;
    if (entry?.mode === "each" && first !== undefined) return this.each(node, entry, first, rest);
    const given = node.arguments.map((argument) => this.node(argument));
    if (entry === undefined) {
      return { ...node, arguments: given, type: this.unknown("formula_unknown_function", node.name, allNames(), node.span) };
    }
    const parameters = spread(entry, given.length);
    if (parameters === null) {
      const type = this.report("formula_argument_count", node.span, { usage: entry.usage, count: given.length });
      return { ...node, arguments: given, type };
    }
    return { ...node, arguments: given, type: this.fitted(node.name, entry, parameters, given) };
  }

  private each(node: Call, entry: FunctionEntry, first: Node, rest: readonly Node[]): Node {
    const source = this.node(first);
    this.items.push(itemOf(source.type) ?? UNKNOWN);
    const given = rest.map((argument) => this.node(argument));
    this.items.pop();
    const count = node.arguments.length;
    const parameters = spread(entry, count);
    const type =
      parameters === null
        ? this.report("formula_argument_count", node.span, { usage: entry.usage, count })
        : this.fitted(node.name, entry, parameters, [source, ...given]);
    return { node: "each", name: node.name, source, arguments: given, type, span: node.span };
  }

  /** The type of a call, noting the arguments that do not fit. */
  private fitted(name: string, entry: FunctionEntry, parameters: readonly Parameter[], given: readonly Node[]): Type {
    const bound: Bound = new Map();
    for (const [at, parameter] of parameters.entries()) {
      const argument = given[at];
      if (argument !== undefined && !accepts(parameter.kind, argument.type, bound, this.scope)) {
        const [expected, found] = [kindWords(parameter, bound), typeWords(argument.type)];
        this.report("formula_wrong_argument", argument.span, { function: name, argument: parameter.name, expected, found });
      }
    }
    return resultType(entry.result, bound, this.scope);
  }

  private membership(node: In): Node {
    const target = this.node(node.target);
    const options = node.options.map((option) => this.node(option));
    if (itemOf(target.type) !== null) {
      this.report("formula_wrong_operand", node.span, { operator: "IN", type: typeWords(target.type) });
    }
    for (const option of options) {
      const type = (options.length === 1 ? itemOf(option.type) : null) ?? option.type;
      if (unify(target.type, type) === null) this.operands("IN", target.type, type, option.span);
    }
    return { ...node, target, options, type: "boolean" };
  }

  private measure(node: Measure): Node {
    const known = own(this.scope.measures, node.name);
    const type =
      known === undefined
        ? this.unknown("formula_unknown_measure", node.name, Object.keys(this.scope.measures), node.span)
        : (known.result ?? "number");
    return { ...node, arguments: this.named(node.arguments, known?.dimensions, node.name), type };
  }

  private lookup(node: Lookup): Node {
    // Rows of a sub-table are no records of their own.
    const shape = node.shape.includes("/") ? undefined : own(this.scope.shapes, node.shape);
    const given = this.named(node.arguments, shape, node.shape);
    if (shape === undefined) {
      const type = this.unknown("formula_unknown_record", node.shape, Object.keys(this.scope.shapes), node.span);
      return { ...node, arguments: given, type };
    }
    const type =
      own(shape, node.name) ??
      this.unknown("formula_unknown_member", node.name, Object.keys(shape), node.span, { record: node.shape });
    return { ...node, arguments: given, type };
  }

  private named(given: Named, known: Readonly<Record<string, Type>> | undefined, owner: string): Named {
    const seen = new Set<string>();
    return given.map(([name, argument]) => {
      const value = this.node(argument);
      const sides = (value.node === "side" ? [value.operator.charAt(0)] : ["<", ">"]).map((side) => side + name);
      if (sides.some((side) => seen.has(side))) this.report("formula_repeated_argument", value.span, { name });
      for (const side of sides) seen.add(side);
      if (known !== undefined) this.dimension(name, value, known, owner);
      return [name, value] as const;
    });
  }

  private dimension(name: string, value: Node, known: Readonly<Record<string, Type>>, owner: string): void {
    const expected = own(known, name);
    if (expected === undefined) {
      this.unknown("formula_unknown_dimension", name, Object.keys(known), value.span, { owner });
    } else if (unify(expected, value.type) === null) {
      const params = { function: owner, argument: name, expected: typeWords(expected), found: typeWords(value.type) };
      this.report("formula_wrong_argument", value.span, params);
    } else if (value.node === "side" && !BOUNDED.has(expected)) {
      this.report("formula_wrong_operand", value.span, { operator: value.operator, type: typeWords(expected) });
    }
  }

  private side(node: Side): Node {
    const value = this.node(node.value);
    return { ...node, value, type: value.type };
  }
}

function isNumeric(type: Type | null): boolean {
  return type === "number" || type === BLANK || type === UNKNOWN;
}

function binaryType(operator: string, left: Type, right: Type): Type | null {
  if (operator === "&") return itemOf(left) === null && itemOf(right) === null ? "text" : null;
  const joined = unify(left, right);
  if (operator === "=" || operator === "<>") return joined === null || itemOf(joined) !== null ? null : "boolean";
  if (["<", "<=", ">", ">="].includes(operator)) return isOrdered(joined) ? "boolean" : null;
  const dated = left === "date" || right === "date";
  if (dated && (operator === "+" || operator === "-")) return dateType(operator, left, right);
  return isNumeric(joined) ? "number" : null;
}

function dateType(operator: string, left: Type, right: Type): Type | null {
  if (left === "date" && isNumeric(right)) return "date";
  if (operator === "+") return isNumeric(left) ? "date" : null;
  return right === "date" && (left === "date" || left === BLANK || left === UNKNOWN) ? "number" : null;
}
