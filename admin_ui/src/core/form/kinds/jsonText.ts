/** JSON as text that people edit: what it says, or where it stops being JSON. */
import { clientProblem } from "../problem.ts";
import type { Json } from "../types.ts";
import type { Kind } from "./kind.ts";

/** The text stops being JSON at this line and column, both from 1. */
export class UnreadableJson extends Error {
  constructor(
    readonly line: number,
    readonly column: number,
  ) {
    super(`${line}:${column}`);
  }
}

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/uy;

/** Where a text that is no JSON stops being some. Browsers say it in different words or keep it to themselves. */
function stopOf(text: string): number {
  const open: string[] = [];
  // What may come next: a value, a name, a colon, or what follows a value.
  let wanted: "value" | "first" | "name" | "first_name" | "colon" | "after" = "value";
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    if (found === null) return start;
    const [, sign, string, other] = found;
    const container = open.at(-1);
    const value = string !== undefined || other !== undefined;
    if (wanted === "colon") {
      if (sign !== ":") return start;
      wanted = "value";
    } else if (wanted === "name" || wanted === "first_name") {
      if (sign === "}" && wanted === "first_name") {
        open.pop();
        wanted = "after";
      } else if (string !== undefined) wanted = "colon";
      else return start;
    } else if (wanted === "after") {
      if (sign === "," && container !== undefined) wanted = container === "{" ? "name" : "value";
      else if ((sign === "}" && container === "{") || (sign === "]" && container === "[")) open.pop();
      else return start;
    } else if (value) wanted = "after";
    else if (sign === "{" || sign === "[") {
      open.push(sign);
      wanted = sign === "{" ? "first_name" : "first";
    } else if (sign === "]" && wanted === "first") {
      open.pop();
      wanted = "after";
    } else return start;
    at = TOKEN.lastIndex;
  }
}

/** Reads JSON; says line and column where it stops being some. */
export function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const before = text.slice(0, stopOf(text));
    throw new UnreadableJson(before.split("\n").length, before.length - before.lastIndexOf("\n"));
  }
}

const UNREAD = "$unreadable";

/** What was typed and is no JSON, wrapped so that it is kept, marked, and never taken for a JSON text. */
export function unreadable(text: string): Json {
  return { [UNREAD]: text };
}

function unreadText(value: Json): string | null {
  const text = value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>)[UNREAD] : null;
  return typeof text === "string" ? text : null;
}

/** JSON as a person reads it: two spaces a level. */
export function textOfJson(value: Json): string {
  return value === null ? "" : (unreadText(value) ?? JSON.stringify(value, null, 2));
}

export const json: Kind = {
  read: (text) => {
    try {
      return readJson(text);
    } catch {
      return unreadable(text);
    }
  },
  check: (value) => {
    const text = unreadText(value);
    if (text === null) return [];
    try {
      readJson(text);
      return [];
    } catch (error) {
      return [clientProblem("not_json", error instanceof UnreadableJson ? { line: error.line, column: error.column } : { line: 1, column: 1 })];
    }
  },
};
