/** From tokens to a tree: precedence climbing, with the precedence of spreadsheets. */

import { decimal, plain } from "./arithmetic.ts";
import type { FormulaProblem, Span } from "./errors.ts";
import { canonicalName } from "./functions/signature.ts";
import { SyntaxProblem, type Token, tokenize } from "./tokens.ts";
import { height, type Named, type Node } from "./tree.ts";
import { own, UNKNOWN } from "./types.ts";

export const MAX_TEXT = 10_000;
export const MAX_NESTING = 100;
export const MAX_HEIGHT = 150;

const RESERVED: Readonly<Record<string, string>> = {
  AND: "AND", OR: "OR", NOT: "NOT", IN: "IN", TRUE: "TRUE", FALSE: "FALSE", BLANK: "BLANK",
  且: "AND", 或: "OR", 非: "NOT", 真: "TRUE", 假: "FALSE", 空: "BLANK",
};
const POWER: Readonly<Record<string, number>> = {
  OR: 1, AND: 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, IN: 4, NOT: 4,
  "&": 5, "+": 6, "-": 6, "*": 7, "/": 7, "^": 8,
};
/** What may stand between the name of an argument and its value. */
const NAMES_BY: ReadonlySet<string> = new Set(["=", "<", "<=", ">", ">="]);
const [NOT, SIGN] = [3, 9];
const WORDS: Readonly<Record<string, boolean | null>> = { TRUE: true, FALSE: false, BLANK: null };

/** The tree without types, or the first problem. Never throws for any text. */
export function parse(text: string): Node | FormulaProblem {
  const length = [...text].length;
  if (length > MAX_TEXT) return { code: "formula_too_long", params: { limit: MAX_TEXT, length }, span: [0, text.length] };
  try {
    const tree = new Parser(tokenize(text)).whole();
    return height(tree) > MAX_HEIGHT ? { code: "formula_too_deep", params: { limit: MAX_HEIGHT }, span: tree.span } : tree;
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.problem;
    throw error;
  }
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Node {
    const tree = this.expression(0);
    if (this.token().kind !== "end") throw this.unexpected();
    return tree;
  }

  private token(ahead = 0): Token {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    return token ?? { kind: "end", text: "", span: [0, 0] };
  }

  private take(): Token {
    const token = this.token();
    this.at += 1;
    return token;
  }

  private is(sign: string): boolean {
    return this.token().kind === "sign" && this.token().text === sign;
  }

  private expect(sign: string): Token {
    if (!this.is(sign)) throw this.unexpected(sign);
    return this.take();
  }

  private unexpected(expected = ""): SyntaxProblem {
    const { kind, text, span } = this.token();
    const code = kind === "end" ? "formula_unexpected_end" : expected === "" ? "formula_unexpected" : "formula_expected";
    return new SyntaxProblem(code, { found: text, expected }, span);
  }

  /** The operator or keyword at hand, "" for anything else. */
  private word(ahead = 0): string {
    const { kind, text } = this.token(ahead);
    if (kind === "sign") return text;
    return kind === "name" ? (own(RESERVED, text.toUpperCase()) ?? "") : "";
  }

  private expression(least: number): Node {
    this.nesting += 1;
    if (this.nesting > MAX_NESTING) throw new SyntaxProblem("formula_too_deep", { limit: MAX_NESTING }, this.token().span);
    let left = this.operand();
    while ((own(POWER, this.word()) ?? 0) > least) left = this.infix(left);
    this.nesting -= 1;
    return left;
  }

  private infix(left: Node): Node {
    const word = this.word();
    if (word === "NOT" && this.word(1) !== "IN") throw this.unexpected("IN");
    this.take();
    if (word === "IN" || word === "NOT") return this.membership(left, word === "NOT");
    const right = this.expression(own(POWER, word) ?? 0);
    const span: Span = [left.span[0], right.span[1]];
    if (word === "AND" || word === "OR") return { node: "call", name: word, arguments: [left, right], type: UNKNOWN, span };
    return { node: "binary", operator: word, left, right, type: UNKNOWN, span };
  }

  private membership(target: Node, negated: boolean): Node {
    if (negated) this.take();
    if (this.is("(")) {
      this.take();
      const options = this.list();
      return { node: "in", target, options, negated, type: UNKNOWN, span: [target.span[0], this.expect(")").span[1]] };
    }
    const option = this.expression(own(POWER, "IN") ?? 0);
    return { node: "in", target, options: [option], negated, type: UNKNOWN, span: [target.span[0], option.span[1]] };
  }

  private list(): readonly Node[] {
    const items = [this.expression(0)];
    while (this.is(",")) {
      this.take();
      items.push(this.expression(0));
    }
    return items;
  }

  private operand(): Node {
    const [start] = this.token().span;
    const word = this.word();
    if (word === "-" || word === "+") {
      this.take();
      const operand = this.word() === "-" || this.word() === "+" ? this.expression(SIGN - 1) : this.postfix();
      return { node: "unary", operator: word, operand, type: UNKNOWN, span: [start, operand.span[1]] };
    }
    if (word === "NOT" && this.word(1) !== "(") {
      this.take();
      const operand = this.expression(NOT);
      return { node: "call", name: "NOT", arguments: [operand], type: UNKNOWN, span: [start, operand.span[1]] };
    }
    return this.postfix();
  }

  private postfix(): Node {
    let node = this.primary();
    while (this.is(".") || this.is("%")) {
      const sign = this.take();
      if (sign.text === "%") {
        node = { node: "unary", operator: "%", operand: node, type: UNKNOWN, span: [node.span[0], sign.span[1]] };
      } else {
        node = this.member(node);
      }
    }
    return node;
  }

  private member(target: Node): Node {
    if (this.token().kind !== "name") throw this.unexpected("name");
    const { text, span } = this.take();
    return { node: "member", target, name: text, shape: "", type: UNKNOWN, span: [target.span[0], span[1]] };
  }

  private primary(): Node {
    const { kind, text, span } = this.token();
    if (kind === "number" || kind === "text") {
      this.take();
      return { node: "literal", value: kind === "number" ? plain(decimal(text)) : text, type: kind, span };
    }
    if (this.is("(")) {
      this.take();
      const inside = this.expression(0);
      this.expect(")");
      return inside;
    }
    if (kind !== "name") throw this.unexpected();
    return this.named();
  }

  private named(): Node {
    const word = this.word();
    if (this.word(1) === "(") return this.call(this.take());
    const value = own(WORDS, word);
    if (word !== "" && value === undefined) throw this.unexpected();
    const { text, span } = this.take();
    if (value === undefined) return { node: "field", name: text, type: UNKNOWN, span };
    return { node: "literal", value, type: value === null ? "blank" : "boolean", span };
  }

  private call({ text, span }: Token): Node {
    this.take();
    const name = canonicalName(text) ?? text;
    if (name === "MEASURE" || name === "LOOKUP") return this.namedCall(name, span[0]);
    const given = this.is(")") ? [] : this.list();
    return { node: "call", name, arguments: given, type: UNKNOWN, span: [span[0], this.expect(")").span[1]] };
  }

  private namedCall(name: "MEASURE" | "LOOKUP", start: number): Node {
    const first = this.literalText(name);
    if (name === "LOOKUP") this.expect(",");
    const second = name === "LOOKUP" ? this.literalText(name) : "";
    const given = this.namedArguments(name);
    const span: Span = [start, this.expect(")").span[1]];
    if (name === "LOOKUP") return { node: "lookup", shape: first, name: second, arguments: given, type: UNKNOWN, span };
    return { node: "measure", name: first, arguments: given, type: UNKNOWN, span };
  }

  private namedArguments(name: string): Named {
    const given: [string, Node][] = [];
    while (this.is(",")) {
      this.take();
      const operator = this.word(1);
      if (this.token().kind !== "name" || !NAMES_BY.has(operator)) {
        throw new SyntaxProblem("formula_named_argument", { function: name }, this.token().span);
      }
      const { text, span } = this.take();
      this.take();
      const value = this.expression(0);
      given.push([text, operator === "=" ? value : { node: "side", operator, value, type: UNKNOWN, span: [span[0], value.span[1]] }]);
    }
    return given;
  }

  private literalText(name: string): string {
    if (this.token().kind !== "text") throw new SyntaxProblem("formula_literal_name", { function: name }, this.token().span);
    return this.take().text;
  }
}
