/** Lengths of time and named stretches of it, as people write them and as they travel. */

export type Grain = "year" | "quarter" | "month";

const PERIODS: Readonly<Record<Grain, RegExp>> = { year: /^\d{4}$/, quarter: /^\d{4}-Q[1-4]$/, month: /^\d{4}-(0[1-9]|1[0-2])$/ };

export function isPeriod(text: string, grain: Grain): boolean {
  return PERIODS[grain].test(text);
}

const CHINESE = "一二三四";

/** `2026年11月`, `2026/11`, `202611`, `2026年第四季度`, `2026Q4`, `2026`; null when it names no period of the grain. */
export function periodOfText(text: string, grain: Grain): string | null {
  const bare = text.replace(/\s/g, "");
  const year = /^(\d{4})年?(度)?$/.exec(bare)?.[1];
  if (grain === "year") return year ?? null;
  if (grain === "quarter") {
    const found = /^(\d{4})[-年/]?(?:Q([1-4])|第?([1-4一二三四])季度?)$/i.exec(bare);
    if (!found) return null;
    const named = found[2] ?? found[3] ?? "";
    return `${found[1]}-Q${CHINESE.includes(named) ? CHINESE.indexOf(named) + 1 : named}`;
  }
  const month = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(bare);
  const number = Number(month?.[2]);
  return month && number >= 1 && number <= 12 ? `${month[1]}-${String(number).padStart(2, "0")}` : null;
}

/** The period `steps` after (or before) another. */
export function stepPeriod(period: string, grain: Grain, steps: number): string {
  const year = Number(period.slice(0, 4));
  if (grain === "year") return String(year + steps);
  const size = grain === "quarter" ? 4 : 12;
  const place = grain === "quarter" ? Number(period.slice(6)) : Number(period.slice(5));
  const all = year * size + place - 1 + steps;
  const at = (((all % size) + size) % size) + 1;
  return `${Math.floor(all / size)}-${grain === "quarter" ? `Q${at}` : String(at).padStart(2, "0")}`;
}

export function periodOfDay(day: Date, grain: Grain): string {
  const [year, month] = [day.getFullYear(), day.getMonth() + 1];
  return grain === "year" ? String(year) : grain === "quarter" ? `${year}-Q${Math.ceil(month / 3)}` : `${year}-${String(month).padStart(2, "0")}`;
}

const ISO = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Whole seconds of an ISO 8601 duration of weeks, days, hours, minutes, seconds; null when it is none. */
export function secondsOf(text: string): number | null {
  const found = ISO.exec(text);
  if (!found || /^-?P$|T$/.test(text)) return null;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
  const total = Number(weeks) * 604_800 + Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign ? -total : total;
}

/** The duration as it travels: PT8H30M. */
export function durationOf(seconds: number): string {
  const all = Math.abs(seconds);
  const parts: readonly [number, string][] = [[Math.floor(all / 3600), "H"], [Math.floor((all % 3600) / 60), "M"], [all % 60, "S"]];
  const told = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`).join("");
  return `${seconds < 0 ? "-" : ""}PT${told === "" ? "0S" : told}`;
}

const SIZES: Readonly<Record<string, number>> = { d: 86_400, day: 86_400, days: 86_400, 天: 86_400, 日: 86_400, h: 3600, hour: 3600, hours: 3600, 小时: 3600, 时: 3600, m: 60, min: 60, minute: 60, minutes: 60, 分: 60, 分钟: 60, s: 1, second: 1, seconds: 1, 秒: 1 };
export const UNIT_SECONDS: Readonly<Record<string, number>> = { day: 86_400, hour: 3600, minute: 60, second: 1 };

/** `8:30`, `8小时30分`, `8h 30m`, `1d`, `PT8H`, and a bare number in `unit`; null when it says no duration. */
export function durationOfText(text: string, unit: string): string | null {
  const bare = text.replace(/\s/g, "").toLowerCase();
  const iso = secondsOf(bare.toUpperCase());
  if (iso !== null) return durationOf(iso);
  const clock = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(bare);
  if (clock) return durationOf(Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0));
  if (/^\d+(\.\d+)?$/.test(bare)) return durationOf(Math.round(Number(bare) * (UNIT_SECONDS[unit] ?? 3600)));
  const parts = [...bare.matchAll(/(\d+(?:\.\d+)?)([a-z\u4e00-\u9fff]+)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== bare || parts.some((part) => SIZES[part[2] ?? ""] === undefined)) return null;
  return durationOf(Math.round(parts.reduce((sum, part) => sum + Number(part[1]) * (SIZES[part[2] ?? ""] ?? 0), 0)));
}
