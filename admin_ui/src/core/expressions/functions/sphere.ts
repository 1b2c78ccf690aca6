/** How far two places are apart: the haversine formula on a sphere, in decimals of 60 digits, of which only the result is rounded. */

import { type Decimal, decimal, Decimal as Numbers, DIVISION_SCALE, plain, roundHalfUp, whole, ZERO } from "../arithmetic.ts";
import { ExpressionError } from "../errors.ts";
import { number } from "../values.ts";
import type { Run } from "./run.ts";

const Wide = Numbers.clone({ precision: 60, rounding: Numbers.ROUND_HALF_EVEN });
const RADIUS = new Wide("6371008.8");
const PI = new Wide("3.14159265358979323846264338327950288419716939937510582097494459");

function degrees(value: Decimal, most: number): Decimal {
  if (value.abs().gt(most)) throw new ExpressionError("bad_coordinates", { value: plain(value) });
  return new Wide(value).times(PI).div(180);
}

const half = (one: Decimal, other: Decimal): Decimal => other.minus(one).div(2).sin();

export const distance: Run = ([longitude, latitude, longitude2, latitude2, places]) => {
  const wanted = whole(places === undefined ? ZERO : number(places), "bad_places", 0, DIVISION_SCALE);
  const [west, east] = [degrees(number(longitude), 180), degrees(number(longitude2), 180)];
  const [south, north] = [degrees(number(latitude), 90), degrees(number(latitude2), 90)];
  const level = south.cos().times(north.cos());
  const haversine = half(south, north).pow(2).plus(level.times(half(west, east).pow(2)));
  const metres = RADIUS.times(2).times(Numbers.min(haversine, 1).sqrt().asin());
  return roundHalfUp(decimal(metres), decimal(wanted));
};
