/** Dates for people. A date is a day without a zone and is never shifted; a moment is shown in the reader's own zone. */

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** "2026-11-20" stays as it is; a moment is cut to its local day. */
export function formatDate(value: string | null | undefined): string {
  if (value === null || value === undefined || value === "") return "";
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  return formatMoment(value).slice(0, 10);
}

/** "2026-11-20T06:03:00Z" -> "2026-11-20 14:03" in Shanghai. */
export function formatMoment(value: string | null | undefined): string {
  if (value === null || value === undefined || value === "") return "";
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return value;
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

export function formatTime(value: string | null | undefined): string {
  return (value ?? "").replace(/^(\d{2}:\d{2}):00(?:\.0+)?$/, "$1");
}

const STEPS: readonly [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [2_592_000, 86_400, "day"],
  [31_536_000, 2_592_000, "month"],
  [Number.POSITIVE_INFINITY, 31_536_000, "year"],
];

/** "3 小时前"; show it with `formatMoment` as its title. */
export function relativeTime(value: string, now: Date, language: string): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? [0, 1, "second" as const];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const SIZES = ["B", "KB", "MB", "GB"] as const;

export function formatBytes(size: number): string {
  const step = size < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log(size) / Math.log(1024)));
  const shown = size / 1024 ** step;
  return `${step === 0 || shown >= 100 ? Math.round(shown) : shown.toFixed(1)} ${SIZES[step] ?? "B"}`;
}

/** `2026-3-2`, `2026/03/02`, `2026.3.2`, `2026年3月2日`, `20260302`. */
export function dateOfText(text: string): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim()) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim());
  if (!found) {
    return null;
  }
  const iso = `${found[1]}-${(found[2] ?? "").padStart(2, "0")}-${(found[3] ?? "").padStart(2, "0")}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : null;
}
