/** Values with an inside: places on the earth, links to one of several kinds of record. */
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

export const dynamicReference: Kind = {
  check: (value) => {
    const chosen = value as Readonly<Record<string, Json>> | null;
    return typeof value === "object" && !Array.isArray(value) && !isBlank(chosen?.["id"]) ? [] : [clientProblem("required")];
  },
};
