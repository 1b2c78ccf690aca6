import { dateOfText } from "../formats/date.ts";
import { wordsOf } from "./kinds/words.ts";
import { kindOf } from "./kinds/index.ts";
import { numberToWire } from "./numbers.ts";
import type { FieldMeta, Json } from "./types.ts";
import { isNumeric } from "./values.ts";

/**
 * The block of cells that a spreadsheet puts on the clipboard: rows by line, cells by tab, a cell with a break or a tab
 * in it between quotes, quotes in it doubled. A last empty line is no row.
 */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? "";
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"') {
        quoted = false;
      } else {
        cell += sign;
      }
    } else if (sign === '"' && cell === "") {
      quoted = true;
    } else if (sign === "\t" || sign === "\n") {
      row.push(cell);
      cell = "";
      if (sign === "\n") {
        rows.push(row);
        row = [];
      }
    } else {
      cell += sign;
    }
  }
  if (cell !== "" || row.length > 0) {
    rows.push([...row, cell]);
  }
  return rows;
}

/** More than one cell: anything less is an ordinary paste into the box. */
export function isBlock(text: string): boolean {
  return /[\t\n]/.test(text.replace(/\r?\n$/, ""));
}

const TRUE = new Set(["true", "yes", "y", "1", "是", "√", "✓", "对"]);
const FALSE = new Set(["false", "no", "n", "0", "否", "×", "✗", "错"]);

const ONE = new Set(["reference", "tree_parent", "user", "department"]);
const MANY = new Set(["references", "users", "departments"]);

/** A reference is named in a spreadsheet by its label: it must be looked up. */
export function needsLookup(meta: FieldMeta): boolean {
  return ONE.has(meta.type) || MANY.has(meta.type);
}

/** The labels that a cell names: one, or several between commas. */
export function namesIn(meta: FieldMeta, cell: string): readonly string[] {
  return MANY.has(meta.type) ? wordsOf(cell) : [cell.trim()].filter((name) => name !== "");
}

export function takesMany(meta: FieldMeta): boolean {
  return MANY.has(meta.type);
}

/** The value that a cell of a spreadsheet means; what cannot be read stays as it stands, to be marked and never lost. */
export function valueOfText(meta: FieldMeta, text: string): Json {
  const bare = text.trim();
  if (bare === "") {
    return null;
  }
  if (isNumeric(meta)) {
    return numberToWire(meta, bare);
  }
  switch (meta.type) {
    case "boolean": {
      const word = bare.toLowerCase();
      return TRUE.has(word) ? true : FALSE.has(word) ? false : null;
    }
    case "date":
      return dateOfText(bare) ?? bare;
    case "select":
      return optionOfText(meta, bare) ?? bare;
    case "multi_select":
      return bare.split(/[、,，;；]/).map((part) => optionOfText(meta, part.trim()) ?? part.trim()).filter((part) => part !== "");
    default:
      return kindOf(meta.type)?.read ? (kindOf(meta.type)?.read?.(bare, meta) ?? bare) : text;
  }
}

function optionOfText(meta: FieldMeta, text: string): string | null {
  return meta.options?.find((option) => option.title === text || option.value === text)?.value ?? null;
}
