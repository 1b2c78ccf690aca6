import { metresBetween, type Place } from "../../core/form/kinds/structured.ts";

const SIZE = 120;

/** Where somebody is against where they must be: a circle and a dot, north above. No map, so nothing is fetched. */
export function RangeSketch({ place, centre, metres }: { place: Place; centre: Place; metres: number }) {
  const away = metresBetween(place, centre);
  // The circle fills the picture until the dot would leave it.
  const reach = Math.max(metres, away) * 1.15;
  const scale = SIZE / 2 / reach;
  const east = metresBetween({ lng: place.lng, lat: centre.lat }, centre) * Math.sign(Number(place.lng) - Number(centre.lng));
  const north = metresBetween({ lng: centre.lng, lat: place.lat }, centre) * Math.sign(Number(place.lat) - Number(centre.lat));
  const [x, y] = [SIZE / 2 + east * scale, SIZE / 2 - north * scale];
  const accuracy = Number(place.accuracy ?? 0) * scale;
  return (
    <svg className="control-sketch" viewBox={`0 0 ${SIZE} ${SIZE}`} width={SIZE} height={SIZE} aria-hidden="true">
      <circle className="control-sketch-area" cx={SIZE / 2} cy={SIZE / 2} r={Math.max(3, metres * scale)} />
      <path className="control-sketch-cross" d={`M${SIZE / 2 - 4} ${SIZE / 2}h8M${SIZE / 2} ${SIZE / 2 - 4}v8`} />
      {accuracy > 4 && <circle className="control-sketch-accuracy" cx={x} cy={y} r={accuracy} />}
      <circle className={away <= metres ? "control-sketch-dot" : "control-sketch-dot control-sketch-out"} cx={x} cy={y} r="5" />
    </svg>
  );
}
