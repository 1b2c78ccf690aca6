/** Lengths, periods and stretches of time, and moments without a zone. */
import { dateOfText } from "../../formats/date.ts";
import { localOfText, momentOfLocal, timeOfText } from "../../formats/moment.ts";
import { durationOfText, isPeriod, periodOfText, secondsOf, type Grain } from "../../formats/period.ts";
import { OFFSET } from "./clock.ts";
import { narrow } from "../numbers.ts";
import { clientProblem } from "../problem.ts";
import type { FieldMeta } from "../types.ts";
import type { Kind } from "./kind.ts";

export const localDatetime: Kind = {
  read: (text) => localOfText(narrow(text)),
  check: (value) => (localOfText(String(value)) === null ? [clientProblem("malformed", { value, context: "local_datetime" })] : []),
};

export const duration: Kind = {
  read: (text, meta) => durationOfText(narrow(text), meta.unit ?? "hour"),
  check: (value) => (typeof value === "string" && secondsOf(value) !== null ? [] : [clientProblem("malformed", { value, context: "duration" })]),
};

export function grainOf(meta: FieldMeta): Grain {
  return meta.grain ?? "month";
}

export const period: Kind = {
  read: (text, meta) => periodOfText(narrow(text), grainOf(meta)),
  check: (value, meta) => (isPeriod(String(value), grainOf(meta)) ? [] : [clientProblem("malformed", { value, context: "period" })]),
};

/** Both ends of "a/b"; an end that is still open is "". */
export function endsOf(value: unknown): readonly [string, string] {
  const [from = "", to = ""] = typeof value === "string" ? value.split("/") : [];
  return [from, to];
}

const BETWEEN = /\s*(?:~|～|至|到|—|–)\s*|\s+-\s+/;

/** `2026-11-01/2026-11-30`, `2026-11-01 ~ 2026-11-30`, `8:00 至 17:30`. */
function range(end: (text: string) => string | null, valid: (text: string) => boolean): Kind {
  return {
    read: (text) => {
      const plain = narrow(text);
      const parts = BETWEEN.test(plain) ? plain.split(BETWEEN) : plain.split("/").length === 2 ? plain.split("/") : [];
      const [from, to] = parts.map((part) => end(part.trim()));
      return parts.length === 2 && from && to ? `${from}/${to}` : null;
    },
    check: (value) => {
      const [from, to] = endsOf(value);
      if (!valid(from) || !valid(to)) return [clientProblem("malformed", { value, context: "range" })];
      return Date.parse(from) > Date.parse(to) || (!from.includes("-") && from > to) ? [clientProblem("range_reversed", { value })] : [];
    },
  };
}

export const dateRange = range(dateOfText, (text) => dateOfText(text) === text);
export const datetimeRange = range((text) => (OFFSET.test(text) ? text : momentOfLocal(localOfText(text) ?? "")), (text) => OFFSET.test(text) && !Number.isNaN(Date.parse(text)));
export const timeRange = range(timeOfText, (text) => timeOfText(text) === text.slice(0, 5) && text !== "");
