/** Times of day and moments. */
import { localOfText, momentOfLocal, timeOfText } from "../../formats/moment.ts";
import { narrow } from "../numbers.ts";
import { clientProblem } from "../problem.ts";
import type { Kind } from "./kind.ts";

export const time: Kind = { read: (text) => timeOfText(narrow(text)) };

/** A moment says where it is. */
export const OFFSET = /(?:z|[+-]\d{2}:\d{2})$/i;
export const datetime: Kind = {
  read: (text) => (OFFSET.test(text) && !Number.isNaN(Date.parse(text)) ? text : momentOfLocal(localOfText(narrow(text)) ?? "")),
  check: (value) => (typeof value === "string" && OFFSET.test(value) && !Number.isNaN(Date.parse(value)) ? [] : [clientProblem("not_a_datetime", { value })]),
};
