import { formatMoment } from "../../core/formats/date.ts";

const PATIENCE = 8000;

/** Where the device is; null when it does not say: a photo is worth more than its place. */
function position(): Promise<GeolocationPosition | null> {
  if (!("geolocation" in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 });
  });
}

/** The lines at the foot of a photo: when, and where if the device knows. */
export function stampLines(now: Date, place: Pick<GeolocationPosition, "coords"> | null, accuracy: (metres: number) => string): readonly string[] {
  const { coords } = place ?? {};
  return [formatMoment(now.toISOString()), ...(coords === undefined ? [] : [`${coords.longitude.toFixed(6)}, ${coords.latitude.toFixed(6)} ${accuracy(Math.round(coords.accuracy))}`])];
}

/** The photo with time and place written into its lower edge; the photo itself where it cannot be drawn. */
export async function stamped(photo: File, accuracy: (metres: number) => string): Promise<File> {
  const [picture, place] = await Promise.all([createImageBitmap(photo).catch(() => null), position()]);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (picture === null || context === null) return photo;
  [canvas.width, canvas.height] = [picture.width, picture.height];
  context.drawImage(picture, 0, 0);
  const lines = stampLines(new Date(), place, accuracy);
  const size = Math.max(14, Math.round(picture.width / 40));
  context.font = `${size}px sans-serif`;
  context.fillStyle = "rgb(0 0 0 / 55%)";
  context.fillRect(0, picture.height - size * 1.5 * lines.length - size * 0.5, picture.width, size * 1.5 * lines.length + size * 0.5);
  context.fillStyle = "#ffffff";
  lines.forEach((line, index) => context.fillText(line, size * 0.5, picture.height - size * 1.5 * (lines.length - index) + size));
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  return drawn === null ? photo : new File([drawn], photo.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}
