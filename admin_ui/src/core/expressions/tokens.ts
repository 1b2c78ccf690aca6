/** From text to tokens. Full-width punctuation stands for its ASCII twin. */

import { INTEGER_DIGITS, NUMBER_SCALE } from "./arithmetic.ts";
import type { FormulaProblem, Params, Span } from "./errors.ts";
import { own } from "./types.ts";

export interface Token {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  /** The unquoted text, the name as written, the digits, or the ASCII sign. */
  readonly text: string;
  readonly span: Span;
}

// Ranges rather than \p{L} and \s: the server has the same, and no two versions of Unicode agree.
const TOKEN =
  /(?<space>[ \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)|(?<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?<text>"(?:[^"]|"")*"|'(?:[^']|'')*'|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’])|(?<name>[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3][A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a30-9]*)|(?<sign><>|<=|>=|!=|[-+*/^%&=<>(),.（），＋－＊／＾％＆＝＜＞≤≥≠×÷])/uy;
const TWINS: Readonly<Record<string, string>> = {
  "（": "(", "）": ")", "，": ",", "＋": "+", "－": "-", "＊": "*", "×": "*", "／": "/", "÷": "/", "＾": "^",
  "％": "%", "＆": "&", "＝": "=", "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>",
};
const QUOTES = "\"'“”‘’";

/** The text cannot be read; carries the one problem. */
export class SyntaxProblem extends Error {
  readonly problem: FormulaProblem;

  constructor(code: string, params: Params, span: Span) {
    super(code);
    this.problem = { code, params, span };
  }
}

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) throw unreadable(text, at);
    const span: Span = [at, TOKEN.lastIndex];
    if (found.groups?.["space"] === undefined) tokens.push(token(found[0], found.groups ?? {}, span));
    TOKEN.lastIndex = span[1];
  }
  return [...tokens, { kind: "end", text: "", span: [text.length, text.length] }];
}

function token(written: string, groups: Readonly<Record<string, string | undefined>>, span: Span): Token {
  if (groups["number"] !== undefined) return numberToken(written, span);
  if (groups["name"] !== undefined) return { kind: "name", text: written, span };
  if (groups["text"] === undefined) return { kind: "sign", text: own(TWINS, written) ?? written, span };
  const quote = written.charAt(0);
  const inside = written.slice(1, -1);
  return { kind: "text", text: "\"'".includes(quote) ? inside.replaceAll(quote + quote, quote) : inside, span };
}

function numberToken(written: string, span: Span): Token {
  const [whole = "", fraction = ""] = written.split(".");
  if (whole.replace(/^0+/u, "").length > INTEGER_DIGITS || fraction.length > NUMBER_SCALE) {
    throw new SyntaxProblem("formula_number_too_long", { number: written }, span);
  }
  return { kind: "number", text: written, span };
}

function unreadable(text: string, at: number): SyntaxProblem {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return QUOTES.includes(character)
    ? new SyntaxProblem("formula_unclosed_text", { quote: character }, [at, text.length])
    : new SyntaxProblem("formula_unexpected_character", { character }, [at, at + character.length]);
}
