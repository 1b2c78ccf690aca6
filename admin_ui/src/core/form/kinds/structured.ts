/** Values with an inside: places on the earth, JSON. */
import { narrow } from "../numbers.ts";
import { clientProblem } from "../problem.ts";
import type { Json } from "../types.ts";
import { isBlank, toNumber } from "../values.ts";
import type { Kind } from "./kind.ts";

/** A place in WGS-84 degrees as decimal text; `accuracy` in metres, `at` a moment. */
export interface Place {
  readonly lng: string;
  readonly lat: string;
  readonly accuracy?: string | number | null;
  readonly address?: string | null;
  readonly at?: string | null;
}

export function placeOf(value: Json | undefined): Place | null {
  if (value === null || value === undefined || typeof value !== "object" || Array.isArray(value)) return null;
  const { lng, lat } = value as Readonly<Record<string, Json>>;
  return (typeof lng === "string" || typeof lng === "number") && (typeof lat === "string" || typeof lat === "number") ? ({ ...value, lng: String(lng), lat: String(lat) } as Place) : null;
}

const EARTH = 6_371_008.8;

function radians(degrees: string): number {
  return (Number(degrees) * Math.PI) / 180;
}

function half(angle: number): number {
  return Math.sin(angle / 2) ** 2;
}

/** Metres between two places along the sphere (haversine, mean radius of IUGG), rounded to whole metres. */
export function metresBetween(one: Place, other: Place): number {
  const [latOne, latOther] = [radians(one.lat), radians(other.lat)];
  const share = half(latOther - latOne) + Math.cos(latOne) * Math.cos(latOther) * half(radians(other.lng) - radians(one.lng));
  return Math.round(2 * EARTH * Math.asin(Math.min(1, Math.sqrt(share))));
}

function inBounds(text: string, limit: number): boolean {
  const number = toNumber(text);
  return number !== null && number.abs().lessThanOrEqualTo(limit);
}

export const location: Kind = {
  /** "118.7969, 32.0603": longitude before latitude, as the value is written. */
  read: (text) => {
    const [lng, lat, ...rest] = narrow(text).split(/[,，\s]+/);
    return lng && lat && rest.length === 0 && inBounds(lng, 180) && inBounds(lat, 90) ? { lng, lat } : null;
  },
  check: (value) => {
    const place = placeOf(value);
    return place !== null && inBounds(place.lng, 180) && inBounds(place.lat, 90) ? [] : [clientProblem("malformed", { value: place === null ? "" : `${place.lng}, ${place.lat}`, context: "location" })];
  },
};

/** What was typed in a JSON editor and cannot be read, kept so that nothing is lost; `at` is where reading stopped. */
export class UnreadableJson extends Error {
  constructor(
    readonly line: number,
    readonly column: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads JSON; says line and column (both from 1) where it stops being some. */
export function readJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const before = text.slice(0, stopOf(text, error instanceof Error ? error.message : ""));
    throw new UnreadableJson(before.split("\n").length, before.length - before.lastIndexOf("\n"), error instanceof Error ? error.message : "");
  }
}

/** Browsers tell the place in different words, or not at all. */
function stopOf(text: string, message: string): number {
  const place = /position (\d+)/.exec(message);
  if (place) return Number(place[1]);
  const lined = /line (\d+) column (\d+)/.exec(message);
  if (lined) return text.split("\n").slice(0, Number(lined[1]) - 1).join("\n").length + Number(lined[2]) - (Number(lined[1]) === 1 ? 1 : 0);
  // Only the end is missing, or the browser keeps the place to itself: the longest start that could still become JSON.
  return text.trimEnd().length;
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

export const dynamicReference: Kind = {
  check: (value) => {
    const chosen = value as Readonly<Record<string, Json>> | null;
    return typeof value === "object" && !Array.isArray(value) && !isBlank(chosen?.["id"]) ? [] : [clientProblem("required")];
  },
};
