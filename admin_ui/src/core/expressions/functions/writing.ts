/** Text taken apart and put together. Positions count code points from 1. */

import { decimal, ONE, whole } from "../arithmetic.ts";
import { Day } from "../calendar.ts";
import { ExpressionError } from "../errors.ts";
import { number, text, type Value } from "../values.ts";
import { of, type Run } from "./run.ts";
import { bareNumber, NUMBER, trimmed } from "./text.ts";

const MAX_PATTERN = 200;
const MAX_MADE = 100_000;
const MAX_COUNT = 1_000_000;
const RUN = /[ \t\r\n\u3000]+/gu;
const DATE =
  /^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|\/([0-9]{1,2})\/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日|([0-9]{2})([0-9]{2}))$/u;
const DATE_PART = /yyyy|yy|mm|m|dd|d|q/gu;

function count(value: Value | undefined, least = 0, most = MAX_COUNT): number {
  return whole(value === undefined ? ONE : number(value), "bad_count", least, most);
}

function patternOf(value: Value | undefined): string {
  const pattern = text(value);
  if ([...pattern].length > MAX_PATTERN) throw new ExpressionError("bad_pattern", { limit: MAX_PATTERN });
  return pattern;
}

/** Whether the whole text fits a pattern of * (any run) and ? (any character), in at most text * pattern steps. */
function fits(written: readonly string[], pattern: readonly string[]): boolean {
  let [at, here, star, mark] = [0, 0, -1, 0];
  while (at < written.length) {
    const sign = pattern[here];
    if (sign === "*") {
      [star, mark] = [here, at];
      here += 1;
    } else if (sign !== undefined && (sign === "?" || sign === written[at])) {
      [at, here] = [at + 1, here + 1];
    } else if (star >= 0) {
      mark += 1;
      [at, here] = [mark, star + 1];
    } else {
      return false;
    }
  }
  return pattern.slice(here).every((sign) => sign === "*");
}

function padded(left: boolean): Run {
  return ([value, size, fill]) => {
    const [written, more] = [text(value), [...(fill === undefined ? " " : text(fill))]];
    const missing = count(size, 0, MAX_MADE) - [...written].length;
    if (missing <= 0 || more.length === 0) return written;
    const added = Array.from({ length: missing }, (_, at) => more[at % more.length]).join("");
    return left ? added + written : written + added;
  };
}

const repeat: Run = ([value, times]) => {
  const [written, size] = [text(value), count(times)];
  if ([...written].length * size > MAX_MADE) throw new ExpressionError("text_too_long", { limit: MAX_MADE });
  return written.repeat(size);
};

function pieces(value: Value | undefined, part: Value | undefined): readonly string[] {
  return text(part) === "" ? [text(value)] : text(value).split(text(part));
}

const substitute: Run = ([value, part, by, occurrence]) => {
  const [wanted, all] = [count(occurrence, 1), pieces(value, part)];
  if (wanted >= all.length) return text(value);
  return all.slice(0, wanted).join(text(part)) + text(by) + all.slice(wanted).join(text(part));
};

const splice: Run = ([value, start, size, by]) => {
  const [all, at] = [[...text(value)], count(start, 1) - 1];
  return all.slice(0, at).join("") + text(by) + all.slice(at + count(size)).join("");
};

const masked: Run = ([value, head, tail, sign]) => {
  const [all, first, last] = [[...text(value)], count(head), count(tail)];
  const cover = sign === undefined ? "*" : text(sign);
  if (first + last >= all.length) return cover.repeat(all.length);
  return all.slice(0, first).join("") + cover.repeat(all.length - first - last) + all.slice(all.length - last).join("");
};

const asDate: Run = ([value]) => {
  const bare = trimmed(text(value));
  if (bare === "") return null;
  const [year = 0, month = 0, day = 0] = (DATE.exec(bare) ?? []).slice(1).filter(Boolean).map(Number);
  const made = Day.of(year, month, day);
  if (made === null) throw new ExpressionError("bad_date_text", { value });
  return made;
};

const two = (part: number): string => String(part).padStart(2, "0");

const dateText: Run = ([value, pattern]) => {
  const { year, month, day } = of(Day, value).parts();
  const parts: Readonly<Record<string, string>> = {
    yyyy: String(year).padStart(4, "0"), yy: two(year % 100), mm: two(month), m: String(month), dd: two(day), d: String(day),
    q: String(Math.floor((month + 2) / 3)),
  };
  return patternOf(pattern).replaceAll(DATE_PART, (part) => parts[part] ?? part);
};

function halfWidth(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code === 0x30_00) return " ";
  return code >= 0xff_01 && code <= 0xff_5e ? String.fromCodePoint(code - 0xfe_e0) : sign;
}

/** Steps beyond those of its arguments, where time grows faster than they do. */
export const STEPS: Readonly<Record<string, (values: readonly Value[]) => number>> = {
  MATCHES: ([value, pattern]) => Math.floor((text(value).length * text(pattern).length) / 25),
};

export const WRITING: Readonly<Record<string, Run>> = {
  MATCHES: ([value, pattern]) => fits([...text(value)], [...patternOf(pattern)]),
  SPLIT: ([value, separator]) => (text(value) === "" ? [] : pieces(value, separator)),
  PADLEFT: padded(true),
  PADRIGHT: padded(false),
  REPEAT: repeat,
  PROPER: ([value]) =>
    text(value).replaceAll(/[A-Za-z]+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
  SUBSTITUTE: substitute,
  SPLICE: splice,
  COUNTTEXT: ([value, part]) => decimal(pieces(value, part).length - 1),
  BEFORE: ([value, separator]) => pieces(value, separator)[0] ?? "",
  AFTER: ([value, separator]) => pieces(value, separator).slice(1).join(text(separator)),
  SQUEEZE: ([value]) => trimmed(text(value).replaceAll(RUN, " ")),
  HALFWIDTH: ([value]) => [...text(value)].map(halfWidth).join(""),
  DIGITS: ([value]) => text(value).replaceAll(/[^0-9]+/gu, ""),
  ISNUMERIC: ([value]) => NUMBER.test(bareNumber(text(value))),
  MASK: masked,
  TODATE: asDate,
  FORMATDATE: dateText,
};
